import type { CallEvent } from '../observe/call-event.ts';
import type { CallDescription } from '../observe/query-to-call.ts';
import type { Call, CallChange } from './call.ts';
import { changesBetween } from './call-changes.ts';
import { type CallState, newCall } from './call-state.ts';
import { EndedCalls } from './ended-calls.ts';
import { onAnswer } from './on-answer.ts';
import { onDelete, withoutBranch } from './on-delete.ts';
import { onDescription } from './on-description.ts';
import { onOffer } from './on-offer.ts';
import type { PartyDirectory } from './party-directory.ts';
import { isInDoubt, recognised } from './recognised.ts';
import { TurnedAway } from './turned-away.ts';
import { UserIndex } from './user-index.ts';

export interface CallBookOptions {
  readonly directory: PartyDirectory;
  /** ms since the epoch. */
  readonly clock: () => number;
  /** More calls than this are not kept, so that nobody can be listened to in them; default 50,000. */
  readonly maxCalls?: number;
}

/** What a re-list of the call engine found. */
export interface Listing {
  /** When it was begun, ms since the epoch: what was seen later is newer than it. */
  readonly takenAt: number;
  /** call-ids of all calls of the engine; `undefined` where the list may be incomplete. */
  readonly listed: ReadonlySet<string> | undefined;
  /** The calls looked at more closely; `undefined`: the engine does not know such a call. */
  readonly described: ReadonlyMap<string, CallDescription | undefined>;
}

/** What the book had not known. */
export interface Reconciled {
  readonly found: number;
  readonly ended: number;
  readonly corrected: number;
  /** Calls of which something newer was seen meanwhile, so that the listing's word on them did not count. */
  readonly overtaken: readonly string[];
}

const defaultMaxCalls = 50_000;

/**
 * Which calls there are and who is in them, with the profile of each party when the call started (R4). Fed with the
 * mirror's events and, where they may be wanting, with what the call engine lists. In doubt it knows less, never more.
 */
export class CallBook {
  readonly #directory: PartyDirectory;
  readonly #clock: () => number;
  readonly #maxCalls: number;
  readonly #calls = new Map<string, CallState>();
  readonly #ended: EndedCalls;
  readonly #turnedAway: TurnedAway;
  readonly #byUser = new UserIndex();
  /** Calls with a stranger who may be a user. */
  readonly #inDoubt = new Set<string>();
  readonly #subscribers = new Set<(change: CallChange) => void>();
  /** Calls not kept because the book was full. */
  refused = 0;

  constructor({ directory, clock, maxCalls = defaultMaxCalls }: CallBookOptions) {
    this.#directory = directory;
    this.#clock = clock;
    this.#maxCalls = maxCalls;
    this.#ended = new EndedCalls(maxCalls);
    this.#turnedAway = new TurnedAway(maxCalls);
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Is there room for one more? */
  get full(): boolean {
    return this.#calls.size >= this.#maxCalls;
  }

  call(callId: string): Call | undefined {
    return this.#calls.get(callId);
  }

  calls(): Iterable<Call> {
    return this.#calls.values();
  }

  /** The calls this user is a present party of, ringing ones included. */
  callsOf(company: string, user: string): readonly Call[] {
    return this.#byUser.callsOf(company, user).flatMap((callId) => this.#calls.get(callId) ?? []);
  }

  /** Does it know this call, be it as one that is over and only still listed? */
  knows(callId: string): boolean {
    return this.#calls.has(callId) || this.#ended.has(callId);
  }

  /** Subscribers are called in turn, after the book has changed; they must not throw. */
  subscribe(subscriber: (change: CallChange) => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /** @returns `confirm` where the event does not tell enough: look at the call and `reconcile` */
  apply(event: CallEvent): 'applied' | 'confirm' {
    const state = this.#calls.get(event.callId);
    const now = this.#clock();
    switch (event.kind) {
      case 'offered': {
        const before = state ?? this.#revived(event) ?? this.#begun(event);
        if (!before) return this.#confirm(event);
        this.#put(event.callId, onOffer(before, event, this.#directory, now));
        return 'applied';
      }
      case 'answered': {
        const before = state ?? this.#revived(event);
        if (!before) return this.#confirm(event);
        this.#put(event.callId, onAnswer(before, event, this.#directory, now));
        return 'applied';
      }
      case 'deleted': {
        if (!state) return 'applied';
        const effect = onDelete(state, event);
        this.#put(
          event.callId,
          effect === 'ended' ? undefined : withoutBranch(state, event.viaBranch),
          event.doneAt,
        );
        return effect === 'ended' ? 'applied' : 'confirm';
      }
    }
  }

  /**
   * To be called when the directory knows others than before: who was a stranger for want of a policy may be known now, and then their
   * line is taken (R11). Nobody came or went, so no subscriber is told.
   */
  recognise(): void {
    for (const callId of this.#inDoubt) {
      const before = this.#calls.get(callId);
      const after = before && recognised(before, this.#directory);
      if (after !== before) this.#keep(callId, before, after);
    }
  }

  /** Brings the book in line with a listing. A call's own events, where newer than the listing, stand. */
  reconcile({ takenAt, listed, described }: Listing): Reconciled {
    let [found, ended, corrected] = [0, 0, 0];
    const overtaken: string[] = [];
    for (const [callId, description] of described) {
      const before = this.#calls.get(callId);
      if (before ? before.seenAt >= takenAt : this.#ended.has(callId)) {
        if (before) overtaken.push(callId);
        continue;
      }
      const seen = description && !before ? this.#foundNow(callId, description) : description;
      const after = seen && onDescription(before, callId, seen, this.#directory, takenAt);
      const changes = this.#put(callId, after, takenAt);
      if (!before) found += after ? 1 : 0;
      else if (!after) ended += 1;
      else if (changes > 0) corrected += 1;
    }
    if (listed) {
      for (const [callId, { seenAt }] of this.#calls) {
        if (listed.has(callId) || seenAt >= takenAt) continue;
        this.#put(callId, undefined, takenAt);
        ended += 1;
      }
      this.#ended.keepListed(listed, takenAt);
      this.#turnedAway.keepListed(listed, takenAt);
    }
    return { found, ended, corrected, overtaken };
  }

  /** The first offer of a call; one with a to-tag is a re-INVITE of a call whose start was missed. */
  #begun({ callId, toTag, at, doneAt }: CallEvent): CallState | undefined {
    const lostSince = this.#ended.lostSince(this.#clock());
    if (lostSince !== undefined) this.#turnedAway.add(callId, lostSince, doneAt);
    return toTag === undefined && this.#turnedAway.startOf(callId) === undefined
      ? newCall({ callId, startedAt: at, startSeen: true, seenAt: doneAt })
      : undefined;
  }

  /** One INVITE may fail and be offered anew, or an old leg be deleted before the new one answers: the same call. */
  #revived({ callId, doneAt }: CallEvent): CallState | undefined {
    const ended = this.#ended.take(callId);
    if (!ended) return undefined;
    if (!ended.state) {
      this.#turnedAway.add(callId, ended.startedAt, doneAt);
      return undefined;
    }
    const { startedAt, startSeen, seenAt, domain, roles, met } = ended.state;
    return { ...newCall({ callId, startedAt, startSeen, seenAt }), domain, roles, met };
  }

  /** The call engine may have been told meanwhile to make a call anew that was turned away: it began no later than that. */
  #foundNow(callId: string, description: CallDescription): CallDescription {
    const startedAt = this.#turnedAway.startOf(callId) ?? description.createdAt;
    return { ...description, createdAt: Math.min(description.createdAt, startedAt) };
  }

  /** A look at the call engine is of no use while there is no room for what it shows. */
  #confirm({ callId, at, doneAt }: CallEvent): 'applied' | 'confirm' {
    if (!this.full) return 'confirm';
    this.#refuse(callId, at, doneAt);
    return 'applied';
  }

  #refuse(callId: string, startedAt: number, at: number): void {
    this.refused += 1;
    this.#turnedAway.add(callId, startedAt, at);
  }

  #put(callId: string, after: CallState | undefined, at: number = this.#clock()): number {
    const before = this.#calls.get(callId);
    if (!before && after && this.full) {
      this.#refuse(callId, after.startedAt, at);
      return 0;
    }
    this.#keep(callId, before, after);
    if (before && !after) this.#ended.add(before, at);
    const changes = changesBetween(before, after);
    for (const change of changes) for (const subscriber of this.#subscribers) subscriber(change);
    return changes.length;
  }

  #keep(callId: string, before: CallState | undefined, after: CallState | undefined): void {
    if (after) this.#calls.set(callId, after);
    else this.#calls.delete(callId);
    if (after && isInDoubt(after)) this.#inDoubt.add(callId);
    else this.#inDoubt.delete(callId);
    this.#byUser.replace(callId, before?.parties ?? [], after?.parties ?? []);
  }
}
