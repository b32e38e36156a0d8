import type { AdmissionReason, EndReason } from '@medlyssning/policy';
import type { Person } from '../registry/line-registry.ts';

interface OfListen {
  readonly at: number;
  /** Id of the attempt, as in the audit records. */
  readonly id: string;
}

interface OfListener extends OfListen {
  readonly callId: string;
  readonly listener: Person;
  readonly listenerName: string;
  readonly target: Person;
}

/** What doors, notification and metrics hear of. Times are ms since the epoch. */
export type ListenEvent =
  | (OfListen & { readonly kind: 'refused'; readonly reason: AdmissionReason })
  | (OfListener & { readonly kind: 'joined'; readonly askedAt: number })
  | (OfListener & { readonly kind: 'ended'; readonly reason: EndReason });

export type Unsubscribe = () => void;

/** A typed fan-out: a subscriber that throws is reported and never stops the others. */
export class EventStream<T> {
  readonly #subscribers = new Set<(event: T) => void>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  subscribe(subscriber: (event: T) => void): Unsubscribe {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  emit(event: T): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(event);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
