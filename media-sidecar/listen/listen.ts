import type { AdmissionReason, AskingDevice, EndReason } from '@medlyssning/policy';
import type { Person } from '../registry/line-registry.ts';
import type { ListenerMedia, ListenHandle } from './ask.ts';
import type { Facts } from './gather.ts';
import type { Mix } from './mix.ts';

/** How far a listen has come. Audio flows in `joined` alone. */
export type ListenState = 'admitted' | 'relayed' | 'sounded' | 'joined' | 'ended';

/** What the listening engine was asked: `inDoubt` it may or may not be one call with its mix, and hear it. */
export type Connection = 'none' | 'inDoubt' | 'connected';

/** One listener on one call, from its admission to its end. */
export class Listen implements Omit<ListenHandle, 'reoffer'> {
  readonly id: string;
  readonly callId: string;
  readonly listener: Person;
  readonly listenerName: string;
  readonly target: Person;
  /** Days that its records are kept. */
  readonly retentionDays: number;
  readonly targetTag: string;
  /** What the listener asked with. */
  readonly device: AskingDevice;
  /** What was known of the target's call at the admission: the profile at the start does not change (R4). */
  readonly call: NonNullable<Facts['input']['call']>;
  /** Tag on the listening engine. */
  readonly tag: string;
  readonly ended: Promise<EndReason>;
  /** Undoes the steps taken so far, last first. */
  readonly undo = new AsyncDisposableStack();
  state: ListenState = 'admitted';
  /** How its media came about; `undefined` until it did. */
  media: ListenerMedia['kind'] | undefined;
  mix: Mix | undefined;
  connection: Connection = 'none';
  /** Stops the copies it hears at their source, where nobody else hears them. */
  releaseRelays: () => Promise<void> = async () => {};
  soundMs = 0;
  /** Which rule ended it, where `Revoked` did. */
  cause: AdmissionReason | undefined;
  /** ms since the epoch. */
  readonly askedAt: number;
  /** ms since the epoch; `undefined` until audio flows. */
  joinedAt: number | undefined;
  readonly #abort = new AbortController();
  /** Resolves once media, line and record are closed. */
  readonly closed: Promise<void>;
  readonly #end: (reason: EndReason) => void;
  readonly #close: () => void;

  constructor(id: string, facts: Facts, subject: NonNullable<Facts['subject']>, targetTag: string) {
    const { company, listener, target, call, device } = facts.input;
    if (!company || !listener || !target || !call)
      throw new TypeError('a listen needs a company, a listener, a target and a call');
    this.retentionDays = company.retentionDays;
    this.id = id;
    this.tag = `listener-${id}`;
    this.call = call;
    this.askedAt = facts.input.now;
    this.device = device;
    this.callId = subject.call.callId;
    this.targetTag = targetTag;
    this.listener = { company: listener.company, name: listener.name };
    this.listenerName = listener.displayName;
    this.target = { company: target.company, name: target.name };
    const { promise, resolve } = Promise.withResolvers<EndReason>();
    this.ended = promise;
    this.#end = resolve;
    const closing = Promise.withResolvers<void>();
    this.closed = closing.promise;
    this.#close = closing.resolve;
  }

  /** Aborted with the reason as soon as the listen is to end, also while it is being set up. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What its records after the first begin with. */
  recordedAs(at: number) {
    const { id, listener, retentionDays } = this;
    return { id, at: new Date(at).toISOString(), company: listener.company, retentionDays };
  }

  /** @param cause the rule that was taken away, of a listen that is revoked */
  end(reason: EndReason, cause?: AdmissionReason): void {
    if (this.signal.aborted) return;
    this.cause = cause;
    this.#abort.abort(reason);
    this.#end(reason);
  }

  markClosed(): void {
    this.#close();
  }
}
