import type { AdmissionReason, EndReason } from '@medlyssning/policy';
import type { EventStream, ListenEvent } from '../events/event-stream.ts';
import { endSpan } from '../telemetry/end-span.ts';
import type { AskOutcome, ListenerMedia, ListenHandle, Refused } from './ask.ts';
import type { AdmittedAttempt } from './decide-attempt.ts';
import { ListenFailed } from './failed.ts';
import { type FinishParts, finishListen } from './finish-listen.ts';
import type { JoinSteps } from './join-steps.ts';
import type { Listen } from './listen.ts';
import type { ListenerStream } from './listener-stream.ts';
import type { OpenListens } from './open-listens.ts';
import { reasonOfEnd } from './reason-of-end.ts';
import { tellRefusal } from './tell-refusal.ts';

/** What the life of a listen stands on. */
export interface LifeParts extends FinishParts {
  readonly steps: JoinSteps;
  readonly stream: Pick<ListenerStream, 'reoffer'>;
  readonly events: EventStream<ListenEvent>;
}

/** Carries admitted attempts on: to a listen that is up, and from there to its end, or back to nothing where a step fails. */
export class ListenLife {
  readonly #parts: LifeParts;
  readonly #open: OpenListens;

  constructor(parts: LifeParts, open: OpenListens) {
    this.#parts = parts;
    this.#open = open;
  }

  /** Connects the listener. Never rejects: a fault is a refusal. */
  async join(attempt: AdmittedAttempt, media: ListenerMedia): Promise<AskOutcome> {
    const { listen, recorded } = attempt;
    try {
      const sdp = await this.#parts.steps.join(listen, media, recorded);
      this.#joined(listen);
      return { kind: 'joined', listen: this.#handle(listen), sdp };
    } catch (error) {
      const reason = this.#reasonOf(listen, error);
      return this.giveUp(attempt, listen.signal.aborted ? listen.signal.reason : reason, reason);
    }
  }

  /** Takes an admitted attempt back that did not come about. @param end for the record @param reason for the one who asked */
  async giveUp(
    attempt: AdmittedAttempt,
    end: EndReason | AdmissionReason,
    reason: AdmissionReason,
  ): Promise<Refused> {
    await finishListen(this.#parts, this.#open, attempt.listen, end);
    return tellRefusal(this.#parts, attempt, reason);
  }

  /** Tells that it is up; from here on its end is waited for. */
  #joined(listen: Listen): void {
    const { events, know, log } = this.#parts;
    log.info({ id: listen.id, callId: listen.callId, soundMs: listen.soundMs }, 'listening');
    const { askedAt } = listen;
    events.emit({ ...describe(listen), kind: 'joined', at: know.now(), askedAt });
    const inEnd = endSpan(listen.id);
    void listen.ended.then((reason) =>
      inEnd(reason, async () => {
        await finishListen(this.#parts, this.#open, listen, reason);
        events.emit({ ...describe(listen), kind: 'ended', at: know.now(), reason });
      }),
    );
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
      reoffer: (sdp) => this.#parts.stream.reoffer(listen, sdp),
    };
  }
}

/** Whom an event of this listen is about. */
const describe = ({ id, callId, listener, listenerName, target }: Listen) => ({
  id,
  callId,
  listener,
  listenerName,
  target,
});
