import type {
  Company,
  CompanyStatus,
  Entitlement,
  EntitlementStatus,
  ForkPolicy,
  Profile,
  ProfileStatus,
  User,
} from '../generated/resources.ts';
import { createClaimFinder } from './claims.ts';
import { companyContext } from './company-context.ts';
import { conditionsOf, observed, readyFinding } from './condition.ts';
import { forkPolicy, policyCompany } from './fork-policy.ts';
import { resolveGrants } from './grants.ts';
import { membersOf } from './members-of.ts';
import { reuseOf } from './reuse-of.ts';
import { cutIntoShards } from './shards.ts';
import { createUserCompiler } from './user-compiler.ts';
import type { CompiledUserStatus } from './user-status.ts';

/** All that a company's policy is made of. Objects of other companies or namespaces may be among them: they do not count. */
export interface CompileInput {
  readonly company: Company;
  readonly profiles: readonly Profile[];
  readonly users: readonly User[];
  readonly entitlements: readonly Entitlement[];
  /** What the last run gave: shards that did not change are given again, the same objects. */
  readonly previous?: readonly ForkPolicy[];
  readonly now: Date;
}

/** Statuses by `metadata.name`, in order of name. The company's lacks what only the operator sees (nodes, `Enforced`). */
export interface CompiledStatuses {
  readonly company: CompanyStatus;
  readonly profiles: ReadonlyMap<string, ProfileStatus>;
  readonly users: ReadonlyMap<string, CompiledUserStatus>;
  readonly entitlements: ReadonlyMap<string, EntitlementStatus>;
}

export interface Compiled {
  /** The whole policy of the company, in order of shard; a ForkPolicy that is not among them is to be deleted. */
  readonly policies: readonly ForkPolicy[];
  readonly statuses: CompiledStatuses;
  /** When time alone changes the outcome next (a validFrom or validUntil): compile again then. */
  readonly nextChangeAt?: Date;
}

/**
 * Compiles a company once: its resources and the time, nothing else, and in whatever order they come. An object that
 * is wrong fails closed and says so in its conditions; the rest of the company goes on.
 */
export function compile(input: CompileInput): Compiled {
  return createCompiler()(input);
}

/**
 * A `compile` that remembers each user it read, so that the next run costs what changed. Keep one per company. Objects
 * are recognised by identity: hand changed ones in as new objects, as stores and parsers do.
 */
export function createCompiler(): (input: CompileInput) => Compiled {
  const compileUser = createUserCompiler();
  const findTaken = createClaimFinder();
  return ({ company, previous = [], now, ...objects }) => {
    const profiles = membersOf(company, objects.profiles);
    const context = companyContext(company, profiles);
    const read = membersOf(company, objects.users).map((user) => compileUser.read(user, context));
    const byName = new Map(read.map((user) => [user.user.metadata.name, user]));
    const taken = findTaken(byName);
    const entitlements = membersOf(company, objects.entitlements);
    const resolved = resolveGrants(entitlements, byName, now);
    const { license, right } = company.spec.listening.requires;
    const licences = resolved.grants.get(`license/${license}`);
    const seats = resolved.seats.get(`license/${license}`);
    const rights = resolved.grants.get(`right/${right}`);

    const compiled = read.map((user) => {
      const name = user.user.metadata.name;
      return compileUser.write(
        user,
        { licence: licences?.get(name), right: rights?.get(name) },
        taken,
        context,
        now,
      );
    });
    const settings = policyCompany(company);
    const reuse = reuseOf(previous, company, settings);
    const policies = cutIntoShards(compiled).map(({ index, count, entries }) => {
      const rows = entries.map(({ row }) => row);
      return reuse({ index, count }, rows) ?? forkPolicy(company, settings, { index, count }, rows);
    });
    return {
      policies,
      statuses: {
        company: {
          ...observed(company),
          users: compiled.length,
          licensed: compiled.filter(({ row }) => row.licensed).length,
          mayListen: compiled.filter(({ row }) => row.mayListen).length,
          ...(seats !== undefined && { seats }),
          shards: policies.length,
          conditions: conditionsOf(company, [readyFinding([], 'The policy is compiled.')], now),
        },
        profiles: new Map(
          profiles.map((profile) => [
            profile.metadata.name,
            {
              ...observed(profile),
              conditions: conditionsOf(profile, [readyFinding([], 'In the policy of its company.')], now),
            },
          ]),
        ),
        users: new Map(compiled.map(({ row, status }) => [row.name, status])),
        entitlements: resolved.statuses,
      },
      ...(resolved.nextChangeAt !== undefined && { nextChangeAt: new Date(resolved.nextChangeAt) }),
    };
  };
}
