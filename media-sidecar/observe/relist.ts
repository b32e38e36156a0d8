import { setTimeout as delay } from 'node:timers/promises';
import { NgError } from 'rtpengine-ng-client';
import type { CallBook, Listing, Reconciled } from '../book/call-book.ts';
import { type CallEngine, listLimit } from '../engines/call-engine.ts';
import { eachAtMost } from './each-at-most.ts';
import { describeCall } from './query-to-call.ts';

export interface RelistParts {
  readonly engine: Pick<CallEngine, 'list' | 'query'>;
  readonly book: CallBook;
  /** ms since the epoch. */
  readonly clock: () => number;
}

/** How closely to look. */
export interface RelistScope {
  /** So many known calls are looked at again, besides the unknown ones; `Infinity`: all. */
  readonly known: number;
  /** With the mirror up, it is about to tell of a call that has just begun or ended, and better: wait so long. */
  readonly graceMs: number;
}

/** What the book had not known. */
export type RelistResult = Pick<Reconciled, 'found' | 'ended' | 'corrected'>;

/** 1,000 calls in 0.4 s (facts.md); more at once gains nothing. */
const queriesAtOnce = 8;
/** A call whose events come faster than it can be looked at is left to its events. */
const attempts = 3;

/** Compares the book with what the call engine has. */
export class Relist {
  readonly #parts: RelistParts;
  /** Known calls are looked at again in turn; this one comes next. */
  #turn = 0;

  constructor(parts: RelistParts) {
    this.#parts = parts;
  }

  /**
   * Calls that are gone end, unknown ones are looked at and taken in.
   * @throws NgError where the engine does not answer; what was learnt until then stays
   */
  async run({ known, graceMs }: RelistScope): Promise<RelistResult> {
    const { engine, book, clock } = this.#parts;
    const takenAt = clock();
    const ids = await engine.list();
    const listed = ids.length < listLimit ? new Set(ids) : undefined;
    if (graceMs > 0) await delay(graceMs);
    const { ended } = book.reconcile({ takenAt, listed, described: new Map() });
    const isUnknown = (id: string) => !book.knows(id);
    const again = await this.look([...(book.full ? [] : ids.filter(isUnknown)), ...this.#inTurn(known)]);
    return { ...again, ended: ended + again.ended };
  }

  /** Looks at these calls, again where one of their events came in between. @throws NgError */
  async look(callIds: readonly string[]): Promise<RelistResult> {
    const { book, clock } = this.#parts;
    const sum = { found: 0, ended: 0, corrected: 0 };
    let left = callIds;
    for (let attempt = 0; attempt < attempts && left.length > 0; attempt += 1) {
      const overtaken: string[] = [];
      await eachAtMost(queriesAtOnce, left, async (callId) => {
        const takenAt = clock();
        const described = await this.#describe(callId);
        const result = book.reconcile({ takenAt, listed: undefined, described });
        sum.found += result.found;
        sum.ended += result.ended;
        sum.corrected += result.corrected;
        overtaken.push(...result.overtaken);
      });
      left = overtaken;
    }
    return sum;
  }

  /** `undefined` in it: there is no such call. An answer that cannot be read says nothing: it is empty. */
  async #describe(callId: string): Promise<Listing['described']> {
    try {
      return new Map([[callId, describeCall(await this.#parts.engine.query({ callId }))]]);
    } catch (error) {
      const reason = error instanceof NgError ? error.reason : undefined;
      if (reason === 'EngineRefused') return new Map([[callId, undefined]]);
      if (reason === 'Malformed') return new Map();
      throw error;
    }
  }

  /** Ringing calls first, since an answer changes most; the others take turns. */
  #inTurn(count: number): readonly string[] {
    const ringing: string[] = [];
    const answered: string[] = [];
    for (const call of this.#parts.book.calls()) {
      (call.answeredAt === undefined ? ringing : answered).push(call.callId);
    }
    const first = ringing.slice(0, count);
    const room = count - first.length;
    const from = this.#turn < answered.length ? this.#turn : 0;
    this.#turn = from + room;
    return [...first, ...answered.slice(from, from + room)];
  }
}
