import type { PersonId } from '../cast/cast.ts';

interface Event {
  /** Since the customer dialled, ms. */
  readonly atMs: number;
  readonly who: PersonId;
}

/** One line of the timeline. */
export type ShowEvent =
  | (Event & { readonly kind: 'calls'; readonly whom: PersonId })
  | (Event & { readonly kind: 'answers' })
  /** Dials the feature code and a number; `device`: "her desk phone". */
  | (Event & { readonly kind: 'dials'; readonly dialled: string; readonly device: string })
  | (Event & { readonly kind: 'hears'; readonly whom: PersonId; readonly firstAudioMs: number })
  | (Event & Refusal & { readonly kind: 'refused' })
  /** The phone shows a message. */
  | (Event & { readonly kind: 'told'; readonly sentence: string })
  | (Event & { readonly kind: 'hangsUp' })
  | (Event & { readonly kind: 'cutOff'; readonly reason: string });

/** How the asking phone was refused, as its SIP answer says. */
export interface Refusal {
  readonly status: number;
  /** Reason code of rules.md, from the `Reason` header. */
  readonly reason: string;
  /** For people, in the company's language, from the `Warning` header. */
  readonly sentence: string;
}

/** An event without its time, which the clock of the show adds. */
export type Untimed = ShowEvent extends infer E ? (E extends ShowEvent ? Omit<E, 'atMs'> : never) : never;
