import type { User } from '../generated/resources.ts';
import { type TakenClaims, takenProblems } from './claims.ts';
import type { CompanyContext } from './company-context.ts';
import type { Grant } from './grants.ts';
import { type NormalisedUser, normaliseUser } from './normalise-user.ts';
import { type PolicyUser, policyUser, type UserGrants } from './policy-user.ts';
import { type CompiledUserStatus, userStatus } from './user-status.ts';

/** A user as compiled: the row for the media nodes, the status for people. */
export interface CompiledUser {
  readonly hash: number;
  readonly row: PolicyUser;
  readonly status: CompiledUserStatus;
}

interface Written {
  readonly context: string;
  readonly grants: string;
  readonly taken: string;
  readonly compiled: CompiledUser;
}

interface Remembered {
  readonly numbering: string;
  readonly read: NormalisedUser;
  written?: Written;
}

/** The two passes over a user, each done again only when something it looks at has changed. */
export interface UserCompiler {
  readonly read: (user: User, context: CompanyContext) => NormalisedUser;
  readonly write: (
    read: NormalisedUser,
    grants: UserGrants,
    taken: TakenClaims,
    context: CompanyContext,
    now: Date,
  ) => CompiledUser;
}

export function createUserCompiler(): UserCompiler {
  const memory = new WeakMap<User, Remembered>();
  return {
    read(user, context) {
      const known = memory.get(user);
      if (known?.numbering === context.numberingText) return known.read;
      const read = normaliseUser(user, context.company.spec);
      memory.set(user, { numbering: context.numberingText, read });
      return read;
    },
    write(read, grants, taken, context, now) {
      const known = memory.get(read.user);
      const problems = taken.size === 0 ? [] : takenProblems(read, taken);
      const looked = {
        context: context.text,
        grants: `${textOf(grants.licence)} ${textOf(grants.right)}`,
        taken: problems.length === 0 ? '' : takenText(read, taken),
      };
      if (known?.written !== undefined && isSame(known.written, looked)) return known.written.compiled;
      const row = policyUser(read, grants, taken, context);
      const status = userStatus(read, row, grants, problems, context, now);
      const compiled = { hash: read.hash, row, status };
      if (known !== undefined) known.written = { ...looked, compiled };
      return compiled;
    },
  };
}

/** The claims themselves, since the sentences shorten them. */
function takenText({ claims }: NormalisedUser, taken: TakenClaims): string {
  return claims.map((claim) => (taken.has(claim) ? `${claim} ${taken.get(claim)?.join()}` : '')).join(' ');
}

function isSame(before: Written, now: Omit<Written, 'compiled'>): boolean {
  return before.context === now.context && before.grants === now.grants && before.taken === now.taken;
}

function textOf(grant: Grant | undefined): string {
  return grant === undefined ? '' : grant.held ? `${grant.until}` : grant.reason;
}
