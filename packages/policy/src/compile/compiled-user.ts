import { type TakenClaims, takenProblems } from './claims.ts';
import type { CompanyContext } from './company-context.ts';
import type { Problem } from './condition.ts';
import type { Grant } from './grants.ts';
import type { NormalisedUser } from './normalise-user.ts';
import { type PolicyUser, policyUser, type UserGrants } from './policy-user.ts';

/** A user as the media nodes get it, and what that rests on. */
export interface CompiledUser {
  readonly hash: number;
  readonly row: PolicyUser;
  readonly problems: readonly Problem[];
  readonly grants: UserGrants;
  readonly claims: NormalisedUser['claims'];
  readonly context: string;
  readonly taken: string;
}

/** Compiles a user; `before` again where all that it rests on is the same. */
export const compileUser = (
  read: NormalisedUser,
  grants: UserGrants,
  taken: TakenClaims,
  context: CompanyContext,
  before: CompiledUser | undefined,
): CompiledUser => {
  const problems = taken.size === 0 ? [] : takenProblems(read, taken);
  const takenNow = problems.length === 0 ? '' : takenText(read, taken);
  if (
    before !== undefined &&
    // They are made with the rest of the reading: the same ones, the same spec and numbering.
    before.claims === read.claims &&
    before.context === context.text &&
    before.taken === takenNow &&
    isSameGrant(before.grants.licence, grants.licence) &&
    isSameGrant(before.grants.right, grants.right) &&
    hasActiveProfile(before.row, read)
  )
    return before;
  const { hash, claims } = read;
  return {
    hash,
    row: policyUser(read, grants, taken, context),
    problems,
    grants,
    claims,
    context: context.text,
    taken: takenNow,
  };
};

export const isSameGrant = (a: Grant | undefined, b: Grant | undefined): boolean => {
  if (a === undefined || b === undefined) return a === b;
  return a.held ? b.held && a.until === b.until : !b.held && a.reason === b.reason;
};

/** The claims themselves, since the sentences shorten them. */
const takenText = ({ claims }: NormalisedUser, taken: TakenClaims): string =>
  claims.map((claim) => (taken.has(claim) ? `${claim} ${taken.get(claim)?.join()}` : '')).join(' ');

const hasActiveProfile = ({ activeProfile }: PolicyUser, { user }: NormalisedUser): boolean => {
  const now = user.status?.activeProfile;
  return now === undefined
    ? activeProfile.since === undefined
    : activeProfile.name === now.name && activeProfile.since === now.since;
};
