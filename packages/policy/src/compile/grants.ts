import type { CompanyStatus, Entitlement, EntitlementStatus } from '../generated/resources.ts';
import { conditionsOf, observed, type Problem, readyFinding } from './condition.ts';
import type { NormalisedUser } from './normalise-user.ts';
import { seatsOf } from './seats.ts';
import { matchesSelector } from './selector.ts';
import { type Validity, validityOf } from './validity.ts';

/** Why a user does not hold a licence or right that some entitlement would give; the first is told before the others. */
const lacks = ['SeatsExceeded', 'NotYetValid', 'Expired', 'ValidityInvalid'] as const;

/** What becomes of one user and one licence or right, over all entitlements that give it. */
export type Grant =
  | { readonly held: true /** ms since the epoch; Infinity: no end. */; readonly until: number }
  | { readonly held: false; readonly reason: (typeof lacks)[number] };

/** Grants by `license/NAME` or `right/NAME`, then by user name. A user without an entry was given nothing. */
export type Grants = ReadonlyMap<string, ReadonlyMap<string, Grant>>;

/** Seats over all valid entitlements of one licence or right. */
export type SeatsUsed = NonNullable<CompanyStatus['seats']>;

export interface ResolvedGrants {
  readonly grants: Grants;
  readonly statuses: ReadonlyMap<string, EntitlementStatus>;
  /** Seats of what has any and is valid, by the same keys as grants. */
  readonly seats: ReadonlyMap<string, SeatsUsed>;
  /** The next validFrom or validUntil to come, ms since the epoch. */
  readonly nextChangeAt: number | undefined;
}

/** Works out who holds what. `users` and `entitlements` are of one company and in order of name. */
export function resolveGrants(
  entitlements: readonly Entitlement[],
  users: ReadonlyMap<string, NormalisedUser>,
  now: Date,
): ResolvedGrants {
  const grants = new Map<string, Map<string, Grant>>();
  const statuses = new Map<string, EntitlementStatus>();
  const seatsUsed = new Map<string, SeatsUsed>();
  let nextChangeAt: number | undefined;
  for (const entitlement of entitlements) {
    const { spec, metadata } = entitlement;
    const validity = validityOf(spec, now.getTime());
    if (validity.changesAt !== undefined) {
      nextChangeAt = Math.min(nextChangeAt ?? Number.POSITIVE_INFINITY, validity.changesAt);
    }
    const what = givenBy(entitlement);
    const { subjects, problems } =
      what === undefined ? malformed(entitlement) : subjectsOf(entitlement, users);
    const seats = seatsOf(subjects, validity.state === 'Valid' ? spec.seats : undefined);
    if (what !== undefined) {
      const byUser = grants.get(what) ?? new Map<string, Grant>();
      grants.set(what, byUser);
      const seated = grantOf(validity);
      for (const { user } of seats.seated) addGrant(byUser, user.metadata.name, seated);
      for (const { user } of seats.unseated) {
        addGrant(byUser, user.metadata.name, { held: false, reason: 'SeatsExceeded' });
      }
    }
    const granted = validity.state === 'Valid' ? seats.seated.length : 0;
    if (what !== undefined && spec.seats !== undefined && validity.state === 'Valid') {
      const { used, total } = seatsUsed.get(what) ?? { used: 0, total: 0 };
      seatsUsed.set(what, { used: used + granted, total: total + spec.seats });
    }
    const findings = [
      readyFinding(
        [...validityProblems(validity, spec), ...problems, ...seats.problems],
        `${granted} ${granted === 1 ? 'user holds' : 'users hold'} it.`,
      ),
    ];
    statuses.set(metadata.name, {
      ...observed(entitlement),
      granted,
      subjects: subjects.length,
      conditions: conditionsOf(entitlement, findings, now),
    });
  }
  return { grants, statuses, seats: seatsUsed, nextChangeAt };
}

/** `undefined` for what no API server lets through: neither or both of licence and right, or a right by selector (R3). */
function givenBy({ spec }: Entitlement): string | undefined {
  if (spec.license !== undefined) return spec.right === undefined ? `license/${spec.license}` : undefined;
  return spec.right === undefined || spec.selector !== undefined ? undefined : `right/${spec.right}`;
}

interface Subjects {
  readonly subjects: readonly NormalisedUser[];
  readonly problems: readonly Problem[];
}

function malformed({ spec }: Entitlement): Subjects {
  const problem =
    spec.selector !== undefined && spec.license === undefined
      ? {
          reason: 'SelectorNotAllowed',
          message: 'A right names its users one by one (R3); replace selector by users.',
        }
      : { reason: 'KindUnclear', message: 'Exactly one of license and right must be set; nobody holds it.' };
  return { subjects: [], problems: [problem] };
}

function subjectsOf({ spec }: Entitlement, users: ReadonlyMap<string, NormalisedUser>): Subjects {
  const named = [...new Set(spec.users)].sort();
  const unknown = named.filter((name) => !users.has(name));
  const { selector } = spec;
  const subjects =
    selector === undefined
      ? named.flatMap((name) => users.get(name) ?? [])
      : [...users.values()].filter(({ user }) => matchesSelector(selector, user.metadata.labels));
  if (unknown.length === 0) return { subjects, problems: [] };
  const shown = `${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ', …' : ''}`;
  const message = `${unknown.length} of the users named are not users of the company (${shown}); correct or remove them.`;
  return { subjects, problems: [{ reason: 'UserUnknown', message }] };
}

function validityProblems({ state }: Validity, spec: Entitlement['spec']): readonly Problem[] {
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
}

function grantOf({ state, until }: Validity): Grant {
  return state === 'Valid'
    ? { held: true, until: until ?? Number.POSITIVE_INFINITY }
    : { held: false, reason: state };
}

/** Several entitlements may give the same: the one that holds longest counts, else the reason nearest to holding. */
function addGrant(byUser: Map<string, Grant>, name: string, grant: Grant): void {
  const before = byUser.get(name);
  if (before === undefined || isBetter(grant, before)) byUser.set(name, grant);
}

function isBetter(grant: Grant, before: Grant): boolean {
  if (grant.held) return !before.held || grant.until > before.until;
  return !before.held && lacks.indexOf(grant.reason) < lacks.indexOf(before.reason);
}
