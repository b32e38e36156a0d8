import { randomUUID } from 'node:crypto';
import { type AdmissionReason, decide, type EndReason, type Verdict } from '@medlyssning/policy';
import type { Logger } from 'pino';
import { attemptRecord } from '../audit/attempt-record.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { EventStream, ListenEvent } from '../events/event-stream.ts';
import type { Ask, AskOutcome, ListenHandle } from './ask.ts';
import { ListenFailed } from './failed.ts';
import { type Facts, gather, type Knowledge } from './gather.ts';
import type { JoinSteps } from './join-steps.ts';
import { Listen } from './listen.ts';
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

type Refused = { readonly kind: 'refused'; readonly reason: AdmissionReason; readonly verdict: Verdict };
type Admission =
  | {
      readonly kind: 'admitted';
      readonly reason: 'Allowed';
      readonly listen: Listen;
      readonly sdp: string;
      readonly verdict: Verdict;
    }
  | Refused;

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

  get draining(): boolean {
    return this.#draining;
  }

  /** Decides an attempt and, where admitted, connects the listener. Never rejects: a fault is a refusal. */
  async ask(ask: Ask): Promise<AskOutcome> {
    const id = randomUUID();
    const bookIsTrue = await this.#parts.catchUp();
    const facts = gather(this.#parts.know, ask);
    const language = facts.input.company?.language ?? 'en';
    const admission = this.#admit(id, facts, bookIsTrue, ask.sdp);
    const recorded = this.#parts.audit.append(attemptRecord(this.#parts.node, id, facts, ask, admission));
    if (admission.kind === 'refused') return this.#refuse(id, admission, recorded, language);
    const { listen, verdict, sdp: offer } = admission;
    const cancel = () => listen.end('ListenerHungUp');
    ask.signal.addEventListener('abort', cancel, { once: true });
    if (ask.signal.aborted) cancel();
    try {
      const sdp = await this.#parts.steps.join(listen, offer, recorded);
      this.#joined(listen);
      return { kind: 'joined', listen: this.#handle(listen), sdp };
    } catch (error) {
      const reason = this.#reasonOf(listen, error);
      await this.#finish(listen, listen.signal.aborted ? listen.signal.reason : reason);
      this.#parts.events.emit({ kind: 'refused', at: this.#parts.know.now(), id, reason });
      return { kind: 'refused', reason, language, verdict };
    } finally {
      ask.signal.removeEventListener('abort', cancel);
    }
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

  /** Decides and, in the same turn, takes the line: two asks at once cannot both find it free (R11). */
  #admit(id: string, facts: Facts, bookIsTrue: boolean, sdp: string | undefined): Admission {
    const verdict = decide(facts.input);
    const { subject } = facts;
    if (verdict.kind === 'refused') return { kind: 'refused', reason: verdict.reason, verdict };
    if (this.#draining) return { kind: 'refused', reason: 'Draining', verdict };
    // which calls there are cannot be known, so neither can whose line is free (R11)
    if (!bookIsTrue || sdp === undefined) return { kind: 'refused', reason: 'MediaFailed', verdict };
    // an answered call whose target has no tag yet: the call engine has not said which leg it is
    if (subject?.party.tag === undefined) return { kind: 'refused', reason: 'TargetNotInCall', verdict };
    const listen = new Listen(id, facts, subject, subject.party.tag);
    const claim = this.#parts.know.registry.claim(listen.listener, listen.callId);
    listen.undo.defer(() => claim.release());
    this.#listens.set(id, listen);
    return { kind: 'admitted', reason: 'Allowed', listen, sdp, verdict };
  }

  async #refuse(
    id: string,
    { reason, verdict }: Refused,
    recorded: Promise<void>,
    language: 'sv' | 'en',
  ): Promise<AskOutcome> {
    await recorded.catch((error) => this.#parts.log.error({ err: error, id }, 'audit record not written'));
    this.#parts.log.info({ id, reason }, 'listening refused');
    this.#parts.events.emit({ kind: 'refused', at: this.#parts.know.now(), id, reason });
    return { kind: 'refused', reason, language, verdict };
  }

  #joined(listen: Listen): void {
    const { events, know, log } = this.#parts;
    log.info({ id: listen.id, callId: listen.callId, soundMs: listen.soundMs }, 'listening');
    const { askedAt } = listen;
    events.emit({ ...this.#describe(listen), kind: 'joined', at: know.now(), askedAt });
    void listen.ended.then(async (reason) => {
      await this.#finish(listen, reason);
      events.emit({ ...this.#describe(listen), kind: 'ended', at: know.now(), reason });
    });
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
    const at = new Date(know.now()).toISOString();
    await audit
      .append({ record: 'end', id: listen.id, at, reason, startedAt, ...(cause && { cause }) })
      .catch((error) => log.error({ err: error, id: listen.id }, 'audit record not written'));
    log.info({ id: listen.id, reason }, 'listening ended');
    this.#listens.delete(listen.id);
    listen.markClosed();
  }

  #reasonOf(listen: Listen, error: unknown): AdmissionReason {
    if (listen.signal.aborted) return this.#reasonOfEnd(listen, listen.signal.reason);
    this.#parts.log.warn({ err: error, id: listen.id }, 'listening could not be set up');
    return error instanceof ListenFailed ? error.reason : 'MediaFailed';
  }

  /** A listen that was ended before it was up is answered with the reason that would have refused it. */
  #reasonOfEnd(listen: Listen, reason: EndReason): AdmissionReason {
    switch (reason) {
      case 'CallEnded':
      case 'TargetLeft':
        return 'TargetNotInCall';
      case 'Draining':
        return 'Draining';
      case 'Revoked':
        return listen.cause ?? 'MediaFailed';
      default:
        return 'MediaFailed';
    }
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
