/** What a device is; the PBX says which one is in use, never the device itself (R8). */
export type DeviceKind = 'MobileSubscription' | 'MobileApp' | 'Desk' | 'Softphone' | 'Browser';

/** A device of a user, normalised: `number` is E.164, `address` is `user@host` in lower case. */
export interface DeviceRow {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly number?: string;
  readonly address?: string;
}

/**
 * One user as decided upon: a view of a ForkPolicy row. Instances are short-lived views over a compact store; read
 * what is needed and do not keep them across a policy change: keep `name` and look up again.
 */
export interface UserRow {
  /** `metadata.name` of the User. */
  readonly name: string;
  /** Key of the user's company, `namespace/name`. */
  readonly company: string;
  readonly displayName: string;
  readonly extension: string | undefined;
  /** E.164 with leading plus. */
  readonly fixedNumber: string | undefined;
  readonly devices: readonly DeviceRow[];
  /** R1, true only while the licence is valid at `now` (ms since the epoch). */
  licensedAt(now: number): boolean;
  /** R2, true only while the right is valid at `now` (ms since the epoch). */
  mayListenAt(now: number): boolean;
  /** R4: does the user's profile of that name allow listening? `undefined` where the user has no such profile. */
  profileAllows(profile: string): boolean | undefined;
  /** The profile that is active now, and since when (ms since the epoch; -Infinity: since always). */
  readonly activeProfile: { readonly name: string; readonly since: number };
  /** Revision of the shard the row came from, for the audit record. */
  readonly revision: string;
  /** Is `name` that one? Spares reading it out of the store. */
  isNamed(name: string): boolean;
}

/** The settings of a company in effect: the `spec.company` of its ForkPolicies. */
export interface CompanyPolicy {
  /** `namespace/name`. */
  readonly key: string;
  readonly displayName: string;
  /** SIP domains that name the company in calls, lower case. */
  readonly domains: readonly string[];
  /** ISO 3166 alpha-2, for national numbers. */
  readonly country: string;
  readonly language: 'sv' | 'en';
  readonly listening: {
    readonly enabled: boolean;
    readonly featureCode: string;
    readonly allowedDevices: readonly DeviceKind[];
    readonly maxListenersPerCall: number;
    /** Listening is refused with PolicyStale once the policy could not be confirmed for this long (ms). */
    readonly maxPolicyAgeMs: number;
    readonly sound: 'TwoNotes' | 'OneNote';
    readonly internalCalls: 'Target' | 'Both';
  };
  /** Days that records of attempts are kept. */
  readonly retentionDays: number;
}
