import type { Company, EntitlementStatus, ForkPolicy, Resource, UserStatus } from '../generated/resources.ts';
import { type Compiled, createCompiler, statusesByName } from './compile.ts';
import { conditionsOf, observed, type Problem, readyFinding } from './condition.ts';

/** Status of any object compiled: conditions, and what its kind tells besides. */
export type CompiledStatus = Pick<UserStatus & EntitlementStatus, 'observedGeneration' | 'conditions'>;

export interface CompiledAll {
  readonly policies: readonly ForkPolicy[];
  /** By `Kind namespace/name`. */
  readonly statuses: ReadonlyMap<string, CompiledStatus>;
  readonly nextChangeAt?: Date;
}

/**
 * Compiles all companies of a directory, one by one, as the operator does in a cluster. Remembers what it read; hand
 * changed objects in as new objects. An object whose company does not exist counts for nothing and says so.
 */
export function createCompilerOfAll(): (resources: readonly Resource[], now: Date) => CompiledAll {
  const compilers = new Map<string, ReturnType<typeof createCompiler>>();
  return (resources, now) => {
    const alive = resources.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const found = ofKind(alive, 'Company').toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const objects = {
      profiles: ofKind(alive, 'Profile'),
      users: ofKind(alive, 'User'),
      entitlements: ofKind(alive, 'Entitlement'),
    };
    const keys = new Set(found.map(keyOf));
    for (const key of compilers.keys()) if (!keys.has(key)) compilers.delete(key);
    const compiled = found.map((company) => {
      const compile = compilers.get(keyOf(company)) ?? createCompiler();
      compilers.set(keyOf(company), compile);
      return { company, result: compile({ company, ...objects, now }) };
    });
    const dangling = [...objects.profiles, ...objects.users, ...objects.entitlements].filter(
      ({ metadata, spec }) => !keys.has(`${metadata.namespace}/${spec.companyRef.name}`),
    );
    const changes = compiled.flatMap(({ result }) => result.nextChangeAt?.getTime() ?? []);
    return {
      policies: compiled.flatMap(({ result }) => result.policies),
      statuses: new Map<string, CompiledStatus>([
        ...compiled.flatMap(({ company, result }) => statusesOf(company, result, found, now)),
        ...dangling.map(
          (object) =>
            [
              statusKey(object.kind, object.metadata.namespace, object.metadata.name),
              {
                ...observed(object),
                conditions: conditionsOf(object, [readyFinding([companyUnknown(object)], '')], now),
              },
            ] as const,
        ),
      ]),
      ...(changes.length > 0 && { nextChangeAt: new Date(Math.min(...changes)) }),
    };
  };
}

/** What is wrong with an object whose `companyRef` names no company of its namespace. */
export function companyUnknown({
  spec,
}: {
  readonly spec: { readonly companyRef: { readonly name: string } };
}): Problem {
  return {
    reason: 'CompanyUnknown',
    message: `There is no Company ${spec.companyRef.name} in this namespace, so this counts for nothing; make the company or move the object.`,
  };
}

function statusesOf(
  company: Company,
  { statuses }: Compiled,
  companies: readonly Company[],
  now: Date,
): readonly (readonly [string, CompiledStatus])[] {
  const { namespace, name } = company.metadata;
  const taken = company.spec.domains.filter((domain) =>
    companies.some((other) => other !== company && other.spec.domains.includes(domain)),
  );
  const ownStatus =
    taken.length === 0
      ? statuses.company
      : {
          ...statuses.company,
          conditions: conditionsOf(company, [readyFinding([domainTaken(taken)], '')], now),
        };
  const entries = (kind: string, byName: ReadonlyMap<string, CompiledStatus>) =>
    [...byName].map(([object, status]) => [statusKey(kind, namespace, object), status] as const);
  return [
    [statusKey('Company', namespace, name), ownStatus],
    ...entries('Profile', statuses.profiles),
    ...entries('User', statusesByName(statuses.users)),
    ...entries('Entitlement', statuses.entitlements),
  ];
}

/** What is wrong with a company whose domains others claim. Says nothing about them, not even a name (R10). */
export function domainTaken(domains: readonly string[]): Problem {
  return {
    reason: 'DomainTaken',
    message: `${domains.join(', ')} ${domains.length === 1 ? 'is' : 'are'} claimed elsewhere too, so calls there belong to nobody; ask the platform.`,
  };
}

function statusKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

function keyOf({ metadata }: Company): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function ofKind<Kind extends Resource['kind']>(
  resources: readonly Resource[],
  kind: Kind,
): readonly Extract<Resource, { kind: Kind }>[] {
  return resources.filter(
    (resource): resource is Extract<Resource, { kind: Kind }> => resource.kind === kind,
  );
}
