import type { ProfileAtStart } from '@medlyssning/policy';

/** One side of a call. A call has at most one present caller and one present callee. */
export interface Party {
  readonly role: 'caller' | 'callee';
  /** The party's ng tag; `undefined` until the call engine has said which one it is. */
  readonly tag: string | undefined;
  /** Number or `user@host` as the PBX's metadata said it; never log it whole. */
  readonly address: string;
  /** The user behind the address, `undefined` where the directory knows nobody there (a customer). */
  readonly user: { readonly company: string; readonly name: string } | undefined;
  /** Namespaces of which a party without `user` may be somebody all the same: not all their people were known when it was met. */
  readonly mayBeOf?: ReadonlySet<string>;
  /** R4: `{kind: 'unknown'}` where it cannot be known, and for parties who are no user. */
  readonly profileAtStart: ProfileAtStart;
}

/** A call on this media node. Values are immutable: a change yields a new object. */
export interface Call {
  readonly callId: string;
  /** When the offer was seen (or the call engine says it was created), ms since the epoch. */
  readonly startedAt: number;
  /** When the first answer was seen, ms since the epoch; `undefined` while it rings, early media or not. */
  readonly answeredAt: number | undefined;
  /** Present parties only: who left is no longer here. */
  readonly parties: readonly Party[];
}

/** What happened to a call; `call` is the state after the change (for `ended`: the last state). */
export type CallChange =
  | { readonly kind: 'started' | 'answered' | 'updated' | 'ended'; readonly call: Call }
  | { readonly kind: 'partyLeft' | 'partyJoined'; readonly call: Call; readonly party: Party };
