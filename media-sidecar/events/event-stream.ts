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

/** Somebody as the attempt named them: by the User, where it is one, and by the number, as it stands in the audit record. */
export interface Named {
  readonly user: string | null;
  readonly number: string;
}

/** Who wanted to hear whom; of both companies it is the listener's (R10). */
export interface Asked {
  readonly company: string;
  readonly listener: Named;
  readonly target: Named;
}

interface Refusal extends OfListen {
  readonly kind: 'refused';
  readonly reason: AdmissionReason;
  /** `undefined` where the company of the one who asked is not known. */
  readonly asked?: Asked | undefined;
}

/** What doors, notification and metrics hear of. Times are ms since the epoch. */
export type ListenEvent =
  | Refusal
  | (OfListener & { readonly kind: 'joined'; readonly askedAt: number })
  | (OfListener & { readonly kind: 'ended'; readonly reason: EndReason });

/** The PBX switched a user's active profile through this node. */
export interface ProfileSwitched {
  readonly kind: 'profileSwitched';
  readonly at: number;
  /** Key of the company, `namespace/name`. */
  readonly company: string;
  readonly user: string;
  readonly profile: string;
  readonly previous: string | undefined;
  /** ms since the epoch. */
  readonly since: number;
}

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
