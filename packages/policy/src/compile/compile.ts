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
import { companyContext } from './company-context.ts';
import type { CompiledUser } from './compiled-user.ts';
import { conditionsOf, observed, readyFinding } from './condition.ts';
import { createMemberFollower } from './follow-members.ts';
import { createGrantResolver } from './grants.ts';
import { membersOf } from './members-of.ts';
import { createPolicyMaker } from './policy-maker.ts';
import { ShardCutter } from './shard-cutter.ts';
import { UserRoll } from './user-roll.ts';
import type { CompiledUserStatus } from './user-status.ts';

/** All that a company's policy is made of. Objects of other companies or namespaces may be among them: they do not count. */
export interface CompileInput {
  readonly company: Company;
  readonly profiles: readonly Profile[];
  readonly users: readonly User[];
  readonly entitlements: readonly Entitlement[];
  readonly now: Date;
}

/** Statuses of users by `metadata.name`, worked out when asked, by what the newest run of the compiler found. */
export interface UserStatuses {
  get(name: string): CompiledUserStatus | undefined;
  /** In order of name. */
  names(): readonly string[];
}

/** Statuses by `metadata.name`, in order of name. The company's lacks what only the operator sees (nodes, `Enforced`). */
export interface CompiledStatuses {
  readonly company: CompanyStatus;
  readonly profiles: ReadonlyMap<string, ProfileStatus>;
  readonly users: UserStatuses;
  readonly entitlements: ReadonlyMap<string, EntitlementStatus>;
}

/** All of them at once. */
export const statusesByName = (users: UserStatuses): ReadonlyMap<string, CompiledUserStatus> =>
  new Map(
    users.names().flatMap((name) => {
      const status = users.get(name);
      return status === undefined ? [] : [[name, status] as const];
    }),
  );

export interface Compiled {
  /** The whole policy of the company, in order of shard; a ForkPolicy that is not among them is to be deleted. */
  readonly policies: readonly ForkPolicy[];
  readonly statuses: CompiledStatuses;
  /** Names of the users of whom something else is said than in the run before. */
  readonly changedUsers: readonly string[];
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
 * A `compile` that remembers what it read and wrote, so that the next run costs what changed, and gives what did not
 * change again, the same objects. Keep one per company. Objects are recognised by identity: hand changed ones in as new
 * objects, as stores and parsers do.
 */
export function createCompiler(): (input: CompileInput) => Compiled {
  const followMembers = createMemberFollower<User>();
  const roll = new UserRoll();
  const resolveGrants = createGrantResolver();
  const cutter = new ShardCutter<CompiledUser>();
  const makePolicies = createPolicyMaker();
  return ({ company, now, ...objects }) => {
    const profiles = membersOf(company, objects.profiles);
    const context = companyContext(company, profiles);
    const members = followMembers(company, objects.users);
    const sameSubjects = roll.read(members, context);
    const entitlements = membersOf(company, objects.entitlements);
    const resolved = resolveGrants(entitlements, roll.users, sameSubjects, now);
    const { license, right } = company.spec.listening.requires;
    const seats = resolved.seats.get(`license/${license}`);
    const grants = {
      licence: resolved.grants.get(`license/${license}`),
      right: resolved.grants.get(`right/${right}`),
    };
    const changed = roll.compile(grants, context);
    const shards = members.moved ? cutter.cut(roll.compiled) : cutter.replace(roll.compiled, changed);
    const policies = makePolicies(company, shards);
    return {
      policies,
      changedUsers: changed.map(({ row }) => row.name),
      statuses: {
        company: {
          ...observed(company),
          users: roll.compiled.size,
          licensed: count(roll.compiled, ({ row }) => row.licensed),
          mayListen: count(roll.compiled, ({ row }) => row.mayListen),
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
        users: { get: (name) => roll.statusOf(name, now), names: () => [...roll.compiled.keys()] },
        entitlements: resolved.statuses,
      },
      ...(resolved.nextChangeAt !== undefined && { nextChangeAt: new Date(resolved.nextChangeAt) }),
    };
  };
}

const count = (users: ReadonlyMap<string, CompiledUser>, holds: (user: CompiledUser) => boolean): number =>
  users.values().reduce((sum, user) => sum + Number(holds(user)), 0);
