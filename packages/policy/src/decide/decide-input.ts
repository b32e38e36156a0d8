import type { CompanyPolicy, DeviceRow, UserRow } from '../lookup/user-row.ts';

/** The profile that was active for a party when the call started (R4), or that it cannot be known. */
export type ProfileAtStart =
  | { readonly kind: 'known'; readonly profile: string; readonly allowed: boolean }
  | { readonly kind: 'unknown' };

/** Which of the listener's devices asks, as the PBX said it (R8). */
export type AskingDevice =
  | { readonly kind: 'known'; readonly device: DeviceRow }
  | { readonly kind: 'unknown' };

/** The call the target is in. */
export interface TargetCall {
  readonly callId: string;
  readonly targetProfile: ProfileAtStart;
  /**
   * The other party, where it is a user of the same company; asked when `internalCalls` is `Both`. `user` is undefined
   * where the policy no longer has that user: then nothing says that listening is allowed, and it is refused.
   */
  readonly otherColleague?: { readonly user: UserRow | undefined; readonly profile: ProfileAtStart };
  /** Listens up or being set up on this call. */
  readonly listeners: number;
}

/** All that `decide()` looks at. Nothing else counts: no clock, no I/O, no state of its own. */
export interface DecideInput {
  /** ms since the epoch. */
  readonly now: number;
  /** The listener's company; `undefined` where the listener could not be placed in one. */
  readonly company: CompanyPolicy | undefined;
  /** How long ago the policy was last confirmed by its source, ms. */
  readonly policyAgeMs: number;
  readonly listener: UserRow | undefined;
  readonly device: AskingDevice;
  /** Looked up within the listener's company only (R10): another company's number is `undefined` here. */
  readonly target: UserRow | undefined;
  /** `undefined`: the target is in no answered call. */
  readonly call: TargetCall | undefined;
  /** The listener's own line on every media node (R11). The asking INVITE is not a call. */
  readonly line: { readonly calls: number; readonly listens: number };
}
