import type { CompanyStatus, Entitlement, EntitlementStatus } from '../generated/resources.ts';
import { conditionsOf, observed, type Problem, readyFinding } from './condition.ts';
import { type LackReason, lackReasons } from './lack-reasons.ts';
import type { NormalisedUser } from './normalise-user.ts';
import { type Seats, seatsOf } from './seats.ts';
import { givenBy, type Subjects, subjectsOf } from './subjects.ts';
import { type Validity, validityOf } from './validity.ts';

/** What becomes of one user and one licence or right, over all entitlements that give it. */
export type Grant =
  | { readonly held: true /** ms since the epoch; Infinity: no end. */; readonly until: number }
  | { readonly held: false; readonly reason: LackReason };

/** By user name. A user without an entry was given nothing. */
export type GrantsByUser = ReadonlyMap<string, Grant>;

/** Seats over all valid entitlements of one licence or right. */
export type SeatsUsed = NonNullable<CompanyStatus['seats']>;

export interface ResolvedGrants {
  /** By `license/NAME` or `right/NAME`; the same map again where nothing that it rests on changed. */
  readonly grants: ReadonlyMap<string, GrantsByUser>;
  readonly statuses: ReadonlyMap<string, EntitlementStatus>;
  /** Seats of what has any and is valid, by the same keys as grants. */
  readonly seats: ReadonlyMap<string, SeatsUsed>;
  /** The next validFrom or validUntil to come, ms since the epoch. */
  readonly nextChangeAt: number | undefined;
}

/** An entitlement as read: whom it means, who of them has a seat, and whether it is valid now. */
interface Read {
  readonly entitlement: Entitlement;
  readonly validity: Validity;
  readonly found: Subjects;
  readonly seats: Seats;
}

/**
 * Works out who holds what. `users` and `entitlements` are of one company and in order of name. Remembers what it read of
 * each entitlement, by identity, for as long as `sameSubjects`: that nobody came or went, and that no user's labels or time
 * of creation changed since the call before.
 */
export const createGrantResolver = (): ((
  entitlements: readonly Entitlement[],
  users: ReadonlyMap<string, NormalisedUser>,
  sameSubjects: boolean,
  now: Date,
) => ResolvedGrants) => {
  let read = new Map<Entitlement, Read>();
  let gave = new Map<string, { readonly by: readonly Read[]; readonly grants: GrantsByUser }>();
  return (entitlements, users, sameSubjects, now) => {
    const known = sameSubjects ? read : new Map<Entitlement, Read>();
    read = new Map(
      entitlements.map((entitlement) => [
        entitlement,
        readAgain(entitlement, known.get(entitlement), users, now),
      ]),
    );
    const giving = Map.groupBy(read.values(), ({ entitlement }) => givenBy(entitlement) ?? '');
    giving.delete('');
    gave = new Map(
      giving.entries().map(([what, by]) => {
        const before = gave.get(what);
        const isSame = before?.by.length === by.length && before.by.every((one, i) => one === by[i]);
        return [what, isSame ? before : { by, grants: grantsOf(by) }];
      }),
    );
    const changes = [...read.values()].flatMap(({ validity }) => validity.changesAt ?? []);
    return {
      grants: new Map(gave.entries().map(([what, { grants }]) => [what, grants])),
      statuses: new Map(read.values().map((one) => [one.entitlement.metadata.name, statusOf(one, now)])),
      seats: new Map(
        giving.entries().flatMap(([what, by]) => seatsUsed(by).map((used) => [what, used] as const)),
      ),
      nextChangeAt: changes.length === 0 ? undefined : Math.min(...changes),
    };
  };
};

/** The very same as before, where that still holds. */
const readAgain = (
  entitlement: Entitlement,
  before: Read | undefined,
  users: ReadonlyMap<string, NormalisedUser>,
  now: Date,
): Read => {
  const validity = validityOf(entitlement.spec, now.getTime());
  if (before?.validity.state === validity.state) return before;
  const found = before?.found ?? subjectsOf(entitlement, users);
  const limit = validity.state === 'Valid' ? entitlement.spec.seats : undefined;
  return { entitlement, validity, found, seats: seatsOf(found.subjects, limit) };
};

const grantsOf = (by: readonly Read[]): GrantsByUser => {
  const grants = new Map<string, Grant>();
  /** Several entitlements may give the same: the one that holds longest counts, else the reason nearest to holding. */
  const add = (name: string, grant: Grant) => {
    const before = grants.get(name);
    if (before === undefined || isBetter(grant, before)) grants.set(name, grant);
  };
  for (const { validity, seats } of by) {
    const seated = grantOf(validity);
    for (const { name } of seats.seated) add(name, seated);
    for (const { name } of seats.unseated) add(name, { held: false, reason: 'SeatsExceeded' });
  }
  return grants;
};

const seatsUsed = (by: readonly Read[]): readonly SeatsUsed[] => {
  const counted = by.filter(
    ({ entitlement, validity }) => entitlement.spec.seats !== undefined && validity.state === 'Valid',
  );
  if (counted.length === 0) return [];
  return [
    {
      used: counted.reduce((sum, { seats }) => sum + seats.seated.length, 0),
      total: counted.reduce((sum, { entitlement }) => sum + (entitlement.spec.seats ?? 0), 0),
    },
  ];
};

const statusOf = ({ entitlement, validity, found, seats }: Read, now: Date): EntitlementStatus => {
  const granted = validity.state === 'Valid' ? seats.seated.length : 0;
  const finding = readyFinding(
    [...validityProblems(validity, entitlement.spec), ...found.problems, ...seats.problems],
    `${granted} ${granted === 1 ? 'user holds' : 'users hold'} it.`,
  );
  return {
    ...observed(entitlement),
    granted,
    subjects: found.subjects.length,
    conditions: conditionsOf(entitlement, [finding], now),
  };
};

const validityProblems = ({ state }: Validity, spec: Entitlement['spec']): readonly Problem[] => {
  switch (state) {
    case 'Valid':
      return [];
    case 'Expired':
      return [
        { reason: state, message: `It ended at ${spec.validUntil}, so nobody holds it; renew or remove it.` },
      ];
    case 'NotYetValid':
      return [{ reason: state, message: `It begins at ${spec.validFrom}; until then nobody holds it.` }];
    case 'ValidityInvalid':
      return [
        { reason: state, message: 'validFrom or validUntil is no time of RFC 3339, so nobody holds it.' },
      ];
  }
};

const grantOf = ({ state, until }: Validity): Grant =>
  state === 'Valid'
    ? { held: true, until: until ?? Number.POSITIVE_INFINITY }
    : { held: false, reason: state };

const isBetter = (grant: Grant, before: Grant): boolean => {
  if (grant.held) return !before.held || grant.until > before.until;
  return !before.held && lackReasons.indexOf(grant.reason) < lackReasons.indexOf(before.reason);
};
