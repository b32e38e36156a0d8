import {
  type Company,
  type Compiled,
  checkStored,
  createCompiler,
  type ForkPolicy,
  type Resource,
  type User,
} from '@medlyssning/policy';
import type { CompanyKey } from '../watch/company-key.ts';
import type { Stored } from '../watch/resources.ts';
import type { Stores } from '../watch/stores.ts';
import { createSorter, type SortedOut } from './sort-out.ts';
import { wantedPolicy } from './wanted-policy.ts';

/** `"true"` on a Company: its policy stays as it is, whatever is changed. */
export const pausedAnnotation = 'medlyssning.dev/paused';

/** What a company's objects come to. */
export type Outcome =
  | {
      readonly kind: 'compiled';
      readonly company: Stored<Company>;
      readonly wanted: readonly ForkPolicy[];
      readonly compiled: Compiled;
      /** Users that cannot be read: they count for nothing. */
      readonly unsound: readonly Stored<User>[];
    }
  /** There is none of that name, or none any more. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'paused'; readonly company: Stored<Company> }
  /** The Company cannot be read, so nobody listens in it. */
  | { readonly kind: 'unsound'; readonly company: Stored<Company> };

interface Memory {
  readonly compile: ReturnType<typeof createCompiler>;
  readonly sortUsers: (users: readonly Stored<User>[]) => SortedOut<Stored<User>>;
}

/** Compiles companies from what the stores hold; remembers each, so that the next time costs what changed. */
export class CompanyCompiler {
  readonly #stores: Stores;
  readonly #memories = new Map<CompanyKey, Memory>();
  readonly #wanted = new WeakMap<ForkPolicy, ForkPolicy>();
  readonly #flaws = new WeakMap<Resource, string | false>();

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  compile(key: CompanyKey, now: Date): Outcome {
    const company = this.#stores.companies.get(key);
    if (company === undefined || company.metadata.deletionTimestamp !== undefined) {
      this.#memories.delete(key);
      return { kind: 'absent' };
    }
    if (company.metadata.annotations?.[pausedAnnotation] === 'true') return { kind: 'paused', company };
    if (this.flawOf(company) !== undefined) return { kind: 'unsound', company };
    const { compile, sortUsers } = this.#memoryOf(key);
    const isSound = (object: Resource) => this.flawOf(object) === undefined;
    const users = sortUsers(this.#stores.users.by('company', key));
    const compiled = compile({
      company,
      profiles: this.#stores.profiles.by('company', key).filter(isSound),
      users: users.sound,
      entitlements: this.#stores.entitlements.by('company', key).filter(isSound),
      now,
    });
    return {
      kind: 'compiled',
      company,
      wanted: compiled.policies.map((policy) => this.#wantedOf(policy)),
      compiled,
      unsound: users.unsound,
    };
  }

  /** Why an object cannot be read, a sentence; `undefined` for a sound one. */
  flawOf(object: Resource): string | undefined {
    const known = this.#flaws.get(object);
    if (known !== undefined) return known === false ? undefined : known;
    const flaw = checkStored(object.kind, object);
    this.#flaws.set(object, flaw ?? false);
    return flaw;
  }

  #memoryOf(key: CompanyKey): Memory {
    const known = this.#memories.get(key);
    if (known !== undefined) return known;
    const sortUsers = createSorter<Stored<User>>((user) => this.flawOf(user) === undefined);
    const memory = { compile: createCompiler(), sortUsers };
    this.#memories.set(key, memory);
    return memory;
  }

  /** The same object for the same policy, so that a comparison need not be made twice. */
  #wantedOf(policy: ForkPolicy): ForkPolicy {
    const known = this.#wanted.get(policy);
    if (known !== undefined) return known;
    const wanted = wantedPolicy(policy);
    this.#wanted.set(policy, wanted);
    return wanted;
  }
}
