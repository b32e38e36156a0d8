/** The spec of a coordination.k8s.io/v1 Lease, as far as an election reads and writes it. */
export interface LeaseSpec {
  /** Absent or empty: nobody holds it. */
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  /** RFC 3339 with microseconds, by the holder's clock; shown to people, compared as text, never trusted as a time. */
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

/** What was last read of a Lease, and since when by one's own clock it has read so. */
export interface Observation {
  /** `undefined`: there is no such Lease. */
  readonly spec: LeaseSpec | undefined;
  /** ms of the monotonic clock. */
  readonly since: number;
}

/** A renewal shows as a changed record. Only one's own clock tells when it was seen to change: clocks of machines differ. */
export const observe = (
  before: Observation | undefined,
  spec: LeaseSpec | undefined,
  now: number,
): Observation => (before && isSame(before.spec, spec) ? before : { spec, since: now });

export const holderOf = (spec: LeaseSpec | undefined): string | undefined =>
  spec?.holderIdentity === '' ? undefined : spec?.holderIdentity;

/** Whether the Lease is free, one's own, or not renewed for as long as its holder promised. */
export const mayTake = (
  observation: Observation,
  identity: string,
  now: number,
  leaseDurationMs: number,
): boolean => {
  const holder = holderOf(observation.spec);
  return holder === undefined || holder === identity || freeInMs(observation, now, leaseDurationMs) <= 0;
};

/** How long its holder may still stay silent, ms; below 0 when it has been for too long. */
export const freeInMs = ({ spec, since }: Observation, now: number, leaseDurationMs: number): number =>
  since + (spec?.leaseDurationSeconds ?? leaseDurationMs / 1000) * 1000 - now;

/** The record that takes the Lease, or renews it. */
export const taken = (
  spec: LeaseSpec | undefined,
  identity: string,
  wallTime: Date,
  leaseDurationMs: number,
): LeaseSpec => {
  const renewTime = microTime(wallTime);
  const leaseDurationSeconds = Math.ceil(leaseDurationMs / 1000);
  if (spec && holderOf(spec) === identity) return { ...spec, leaseDurationSeconds, renewTime };
  const transitions = spec?.leaseTransitions ?? 0;
  return {
    ...spec,
    holderIdentity: identity,
    leaseDurationSeconds,
    acquireTime: renewTime,
    renewTime,
    leaseTransitions: spec ? transitions + 1 : 0,
  };
};

/** The record that gives the Lease back: no holder, and over in a second for those who look only at the duration. */
export const released = (spec: LeaseSpec, wallTime: Date): LeaseSpec => ({
  ...spec,
  holderIdentity: '',
  leaseDurationSeconds: 1,
  renewTime: microTime(wallTime),
});

/** Kubernetes' MicroTime has six decimals; a Date knows three. */
const microTime = (time: Date): string => time.toISOString().replace('Z', '000Z');

const isSame = (a: LeaseSpec | undefined, b: LeaseSpec | undefined): boolean =>
  a === b ||
  (a !== undefined &&
    b !== undefined &&
    holderOf(a) === holderOf(b) &&
    a.leaseDurationSeconds === b.leaseDurationSeconds &&
    a.acquireTime === b.acquireTime &&
    a.renewTime === b.renewTime &&
    a.leaseTransitions === b.leaseTransitions);
