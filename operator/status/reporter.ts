import {
  companyUnknown,
  conditionsOf,
  type Finding,
  type ForkPolicy,
  observed,
  type Resource,
  readyFinding,
} from '@medlyssning/policy';
import type { CompanyCompiler, Outcome } from '../compile/company-compiler.ts';
import type { Reconciled } from '../compile/reconcile.ts';
import { type CompanyKey, companyKeyOf, keyOf } from '../watch/company-key.ts';
import type { Stored } from '../watch/resources.ts';
import type { Stores } from '../watch/stores.ts';
import { companyStatus } from './company-status.ts';
import { enforcementOf } from './enforced.ts';
import { type ObjectKey, objectKey, type ReportedKind, storeKeyOf } from './object-key.ts';
import type { SpecVersions } from './spec-versions.ts';

/** An object and the status it should have. */
export interface Desired {
  readonly object: Stored<Reported>;
  readonly status: NonNullable<Reported['status']>;
}

export type Reported = Extract<Resource, { kind: ReportedKind }>;

export interface ReporterParts {
  readonly stores: Stores;
  readonly compiler: CompanyCompiler;
  readonly versions: SpecVersions;
  readonly guarded: () => Finding;
  readonly now: () => Date;
  /** The status of this object may have to be written. */
  readonly enqueue: (key: ObjectKey) => void;
}

/** Knows what each object's status should be, from what the last reconcile of its company came to. */
export class Reporter {
  readonly #parts: ReporterParts;
  readonly #last = new Map<CompanyKey, Reconciled>();
  /** Policies whose status was asked for. */
  #told = new WeakSet<ForkPolicy>();
  /** Users whose compiled status is new, of companies whose policies could not be written yet. */
  readonly #untold = new Map<CompanyKey, Set<string>>();

  constructor(parts: ReporterParts) {
    this.#parts = parts;
  }

  /** Takes what a reconcile came to and names the objects whose status that may change. */
  report(company: CompanyKey, reconciled: Reconciled): void {
    const { stores, enqueue } = this.#parts;
    const before = this.#last.get(company)?.outcome;
    const { outcome } = reconciled;
    if (outcome.kind === 'absent') this.#last.delete(company);
    else this.#last.set(company, reconciled);
    const users = this.#concerned(company, before, outcome);
    enqueue(objectKey('Company', company));
    if (outcome.kind === 'paused' || reconciled.problem !== undefined) {
      this.#untold.set(company, users);
      return;
    }
    this.#untold.delete(company);
    for (const key of keysOf(stores.profiles.by('company', company))) enqueue(objectKey('Profile', key));
    for (const key of keysOf(stores.entitlements.by('company', company)))
      enqueue(objectKey('Entitlement', key));
    // Shards are many: those for which compile() gave the very same as last time have it already, or it is queued.
    for (const policy of outcome.kind === 'compiled' ? outcome.wanted : []) {
      if (this.#told.has(policy)) continue;
      this.#told.add(policy);
      enqueue(objectKey('ForkPolicy', keyOf(policy)));
    }
    for (const key of users) enqueue(objectKey('User', key));
  }

  /** Store keys of the users whose status may be another than was last told. */
  #concerned(company: CompanyKey, before: Outcome | undefined, outcome: Outcome): Set<string> {
    if (outcome.kind !== 'compiled' || before?.kind !== 'compiled')
      return new Set(keysOf(this.#parts.stores.users.by('company', company)));
    const { namespace } = outcome.company.metadata;
    return new Set([
      ...(this.#untold.get(company) ?? []),
      ...outcome.compiled.changedUsers.map((name) => keyOf({ metadata: { namespace, name } })),
      ...keysOf(outcome.unsound),
    ]);
  }

  /** Forgets all: who leads next, leads from what is there. */
  reset(): void {
    this.#last.clear();
    this.#untold.clear();
    this.#told = new WeakSet();
  }

  /** What the status of an object should be now; `undefined` where that is not for us to say (yet). */
  desired(key: ObjectKey): Desired | undefined {
    const found = this.#find(key);
    const object = found?.kind === 'ForkPolicy' ? withoutGeneration(found) : found;
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return undefined;
    const status = object.kind === 'Company' ? this.#ofCompany(object) : this.#ofMember(object);
    return status && { object, status };
  }

  #ofCompany(company: Extract<Stored<Reported>, { kind: 'Company' }>): Desired['status'] | undefined {
    const { stores, compiler, versions, guarded, now } = this.#parts;
    const key = keyOf(company);
    const last = this.#last.get(key);
    if (last === undefined || last.outcome.kind === 'absent') return undefined;
    const flaw = compiler.flawOf(company);
    const pool = company.spec?.mediaPool ?? 'default';
    const taken = flaw === undefined ? this.#takenDomains(company) : [];
    return companyStatus(
      {
        company,
        compiled: last.outcome.kind === 'compiled' ? last.outcome.compiled.statuses.company : undefined,
        taken,
        paused: last.outcome.kind === 'paused',
        flaw,
        problem: last.problem instanceof Error ? last.problem.message : undefined,
        // What is not written yet nobody can enforce.
        enforcement: enforcementOf(
          stores.nodes.by('pool', pool),
          last.postponed > 0 ? undefined : versions.newestOf(key, pool),
          now(),
        ),
        guarded: guarded(),
      },
      now(),
    );
  }

  #ofMember(object: Exclude<Stored<Reported>, { kind: 'Company' }>): Desired['status'] | undefined {
    const { compiler, stores, now } = this.#parts;
    const ready = (finding: Finding) => ({
      ...observed(object),
      conditions: conditionsOf(object, [finding], now()),
    });
    const flaw = compiler.flawOf(object);
    if (flaw !== undefined)
      return ready(
        readyFinding([{ reason: 'Unreadable', message: `${flaw} Until then it counts for nothing.` }], ''),
      );
    const company = companyKeyOf(object);
    const outcome = company === undefined ? undefined : this.#last.get(company)?.outcome;
    if (outcome?.kind === 'compiled') {
      const { name } = object.metadata;
      if (object.kind !== 'ForkPolicy') {
        const { profiles, users, entitlements } = outcome.compiled.statuses;
        const byName = { Profile: profiles, User: users, Entitlement: entitlements }[object.kind];
        const status = byName.get(name);
        // It was changed since: the next compile speaks of what it is now.
        return status?.observedGeneration === object.metadata.generation ? status : undefined;
      }
      return outcome.wanted.some(
        ({ metadata, spec }) => metadata.name === name && spec.revision === object.spec.revision,
      )
        ? {
            conditions: conditionsOf(
              withoutGeneration(object),
              [readyFinding([], 'Written by the operator.')],
              now(),
            ),
          }
        : undefined;
    }
    const exists = company !== undefined && stores.companies.get(company) !== undefined;
    if (outcome !== undefined || exists || object.kind === 'ForkPolicy') return undefined;
    return ready(readyFinding([companyUnknown(object)], ''));
  }

  #takenDomains({ metadata, spec }: Extract<Reported, { kind: 'Company' }>): readonly string[] {
    return spec.domains.filter((domain) =>
      this.#parts.stores.companies
        .by('domain', domain)
        .some(
          (other) => other.metadata.uid !== metadata.uid && other.metadata.deletionTimestamp === undefined,
        ),
    );
  }

  #find(key: ObjectKey): Stored<Reported> | undefined {
    const { companies, profiles, users, entitlements, policies } = this.#parts.stores;
    const stores = {
      Company: companies,
      Profile: profiles,
      User: users,
      Entitlement: entitlements,
      ForkPolicy: policies,
    };
    return stores[kindOf(key)].get(storeKeyOf(key));
  }
}

const kindOf = (key: ObjectKey): ReportedKind => key.slice(0, key.indexOf(' ')) as ReportedKind;

const keysOf = (objects: readonly Stored<Reported>[]): readonly string[] => objects.map(keyOf);

/**
 * Status of a ForkPolicy holds for whatever the operator wrote: it does not speak of a generation. Else each change of a
 * user would write its shard twice, and the second time for nobody.
 */
const withoutGeneration = ({ metadata, ...policy }: Stored<ForkPolicy>): Stored<ForkPolicy> => {
  const { generation: _, ...rest } = metadata;
  return { ...policy, metadata: rest };
};
