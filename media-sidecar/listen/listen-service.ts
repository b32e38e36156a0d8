import { randomUUID } from 'node:crypto';
import { type AdmissionReason, decide, type EndReason, type Verdict } from '@medlyssning/policy';
import { context } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { askedIn, attemptRecord } from '../audit/attempt-record.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Asked, EventStream, ListenEvent } from '../events/event-stream.ts';
import { addVerdict } from '../telemetry/add-verdict.ts';
import { endSpan } from '../telemetry/end-span.ts';
import { stepSpan } from '../telemetry/step-span.ts';
import type { Admitted, Ask, AskOutcome, ListenerMedia, ListenHandle, Question, Refused } from './ask.ts';
import { ListenFailed } from './failed.ts';
import { type Facts, gather, type Knowledge } from './gather.ts';
import type { JoinSteps } from './join-steps.ts';
import { Listen } from './listen.ts';
import { reasonOfEnd } from './reason-of-end.ts';
import { revoked } from './revoked.ts';

/** What the service stands on. */
export interface ListenServiceParts {
  readonly node: string;
  readonly know: Knowledge;
  readonly steps: JoinSteps;
  /** Brings the book up to date where it may be behind; false where the call engine cannot say. */
  readonly catchUp: () => Promise<boolean>;
  readonly audit: AuditLog;
  readonly events: EventStream<ListenEvent>;
  readonly log: Logger;
}

/** How long an admitted attempt keeps its line while its media is awaited, ms: a browser needs some 100 ms to make an offer. */
const mediaWithinMs = 10_000;

type Admission =
  | {
      readonly kind: 'admitted';
      readonly reason: 'Allowed';
      readonly listen: Listen;
      readonly verdict: Verdict;
    }
  | { readonly kind: 'refused'; readonly reason: AdmissionReason; readonly verdict: Verdict };

/** An attempt with its decision, on its way into the record. */
type Decided = Admission & {
  readonly id: string;
  readonly language: 'sv' | 'en';
  readonly asked: Asked | undefined;
  readonly recorded: Promise<void>;
};
type DecidedFor = Extract<Decided, { kind: 'admitted' }>;

/**
 * Takes attempts from the doors, decides them, and carries admitted ones from asked to ended. Every step is undone on
 * failure, and every attempt leaves a record before any audio flows.
 */
export class ListenService {
  readonly #parts: ListenServiceParts;
  /** From the admission until all of it is taken down. */
  readonly #listens = new Map<string, Listen>();
  #draining = false;

  constructor(parts: ListenServiceParts) {
    this.#parts = parts;
  }

  /** Listens up or being set up. */
  get listens(): readonly Listen[] {
    return [...this.#listens.values()].filter(({ state }) => state !== 'ended');
  }

  /** Is this one of ours whose record is not closed yet? */
  has(id: string): boolean {
    return this.#listens.has(id);
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Decides an attempt and, where admitted, connects the listener. Never rejects: a fault is a refusal. */
  async ask({ question, media, signal }: Ask): Promise<AskOutcome> {
    const decided = await this.#decide(question, media !== undefined);
    if (decided.kind === 'refused' || !media) return this.#refuse(decided);
    const { listen } = decided;
    const cancel = () => listen.end('ListenerHungUp');
    signal.addEventListener('abort', cancel, { once: true });
    if (signal.aborted) cancel();
    try {
      return await this.#join(decided, media);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Decides an attempt whose media is still to come. Never rejects. */
  async admit(question: Question): Promise<Admitted | Refused> {
    const decided = await this.#decide(question, true);
    if (decided.kind === 'refused') return this.#refuse(decided);
    const { listen, recorded } = decided;
    // looked at when it joins; it need not come to that
    recorded.catch(() => {});
    let awaited = true;
    const refusedLate = (): Refused => {
      const { language, verdict } = decided;
      return { kind: 'refused', reason: reasonOfEnd(listen.signal.reason, listen.cause), language, verdict };
    };
    const late = setTimeout(() => listen.end('ListenerHungUp'), mediaWithinMs);
    void listen.ended.then((reason) => {
      clearTimeout(late);
      if (awaited) void this.#giveUp(decided, reason, reasonOfEnd(reason, listen.cause));
    });
    return {
      kind: 'admitted',
      id: listen.id,
      askedIn: context.active(),
      ended: listen.ended,
      end: (reason) => listen.end(reason),
      join: async (media) => {
        if (listen.signal.aborted) return refusedLate();
        awaited = false;
        clearTimeout(late);
        return this.#join(decided, media);
      },
    };
  }

  /** Ends every listen that `which` picks. */
  endWhere(which: (listen: Listen) => boolean, reason: EndReason): void {
    for (const listen of this.listens) if (which(listen)) listen.end(reason);
  }

  /** Asks every live listen again under the policy in force now (rules.md, 5). */
  revalidate(): void {
    for (const listen of this.listens) {
      const cause = revoked(this.#parts.know, listen);
      if (cause) listen.end('Revoked', cause);
    }
  }

  /** Refuses new attempts from now on, ends the listens that are up, and resolves when they are down. */
  async drain(): Promise<void> {
    this.#draining = true;
    // those included that have ended and are still being taken down
    const all = [...this.#listens.values()];
    for (const listen of all) listen.end('Draining');
    await Promise.all(all.map((listen) => listen.closed));
  }

  #decide(question: Question, hasMedia: boolean): Promise<Decided> {
    return stepSpan('decide', async (span) => {
      const { node, know, audit, catchUp } = this.#parts;
      const id = randomUUID();
      // where it cannot be known which calls there are, neither can whose line is free (R11)
      const bookIsTrue = await catchUp();
      const facts = gather(know, question);
      const admission = this.#admit(id, facts, bookIsTrue && hasMedia);
      addVerdict(span, id, admission.reason, admission.verdict);
      const record = attemptRecord(node, id, facts, question, admission);
      const language = facts.input.company?.language ?? 'en';
      return { ...admission, id, asked: askedIn(record), recorded: audit.append(record), language };
    });
  }

  /** Decides and, in the same turn, takes the line: two asks at once cannot both find it free (R11). */
  #admit(id: string, facts: Facts, isPossible: boolean): Admission {
    const verdict = decide(facts.input);
    const { subject } = facts;
    if (verdict.kind === 'refused') return { kind: 'refused', reason: verdict.reason, verdict };
    if (this.#draining) return { kind: 'refused', reason: 'Draining', verdict };
    if (!isPossible) return { kind: 'refused', reason: 'MediaFailed', verdict };
    // an answered call whose target has no tag yet: the call engine has not said which leg it is
    if (subject?.party.tag === undefined) return { kind: 'refused', reason: 'TargetNotInCall', verdict };
    const listen = new Listen(id, facts, subject, subject.party.tag);
    const claim = this.#parts.know.registry.claim(listen.listener, listen.callId);
    listen.undo.defer(() => claim.release());
    this.#listens.set(id, listen);
    return { kind: 'admitted', reason: 'Allowed', listen, verdict };
  }

  async #refuse({ id, reason, verdict, asked, recorded, language }: Decided): Promise<Refused> {
    await recorded.catch((error) => this.#parts.log.error({ err: error, id }, 'audit record not written'));
    this.#parts.log.info({ id, reason }, 'listening refused');
    this.#parts.events.emit({ kind: 'refused', at: this.#parts.know.now(), id, reason, asked });
    return { kind: 'refused', reason, language, verdict };
  }

  async #join(decided: DecidedFor, media: ListenerMedia): Promise<AskOutcome> {
    const { listen, recorded } = decided;
    try {
      const sdp = await this.#parts.steps.join(listen, media, recorded);
      this.#joined(listen);
      return { kind: 'joined', listen: this.#handle(listen), sdp };
    } catch (error) {
      const reason = this.#reasonOf(listen, error);
      return this.#giveUp(decided, listen.signal.aborted ? listen.signal.reason : reason, reason);
    }
  }

  /** Takes an admitted attempt back that did not come about. */
  async #giveUp(
    { listen, language, verdict, asked }: DecidedFor,
    end: EndReason | AdmissionReason,
    reason: AdmissionReason,
  ): Promise<Refused> {
    await this.#finish(listen, end);
    this.#parts.events.emit({ kind: 'refused', at: this.#parts.know.now(), id: listen.id, reason, asked });
    return { kind: 'refused', reason, language, verdict };
  }

  #joined(listen: Listen): void {
    const { events, know, log } = this.#parts;
    log.info({ id: listen.id, callId: listen.callId, soundMs: listen.soundMs }, 'listening');
    const { askedAt } = listen;
    events.emit({ ...this.#describe(listen), kind: 'joined', at: know.now(), askedAt });
    const inEnd = endSpan(listen.id);
    void listen.ended.then((reason) =>
      inEnd(reason, async () => {
        await this.#finish(listen, reason);
        events.emit({ ...this.#describe(listen), kind: 'ended', at: know.now(), reason });
      }),
    );
  }

  /** Takes the media down, frees the line, closes the record. */
  async #finish(listen: Listen, reason: EndReason | AdmissionReason): Promise<void> {
    const { audit, log, know } = this.#parts;
    listen.state = 'ended';
    await listen.undo
      .disposeAsync()
      .catch((error) => log.error({ err: error, id: listen.id }, 'a step of the listen could not be undone'));
    const { cause } = listen;
    const startedAt = listen.joinedAt === undefined ? null : new Date(listen.joinedAt).toISOString();
    const record = { record: 'end', ...listen.recordedAs(know.now()), reason, startedAt } as const;
    await audit
      .append({ ...record, ...(cause && { cause }) })
      .catch((error) => log.error({ err: error, id: listen.id }, 'audit record not written'));
    log.info({ id: listen.id, reason }, 'listening ended');
    this.#listens.delete(listen.id);
    listen.markClosed();
  }

  #reasonOf(listen: Listen, error: unknown): AdmissionReason {
    if (listen.signal.aborted) return reasonOfEnd(listen.signal.reason, listen.cause);
    this.#parts.log.warn({ err: error, id: listen.id }, 'listening could not be set up');
    return error instanceof ListenFailed ? error.reason : 'MediaFailed';
  }

  #handle(listen: Listen): ListenHandle {
    return {
      id: listen.id,
      ended: listen.ended,
      end: (reason) => listen.end(reason),
      reoffer: (sdp) => this.#parts.steps.reoffer(listen, sdp),
    };
  }

  #describe(listen: Listen) {
    const { id, callId, listener, listenerName, target } = listen;
    return { id, callId, listener, listenerName, target };
  }
}
