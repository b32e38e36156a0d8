import type { ForkPolicy } from '@medlyssning/policy';
import type { Store } from 'kube-runtime';
import type { CompanyKey } from '../watch/company-key.ts';
import type { Stored } from '../watch/resources.ts';
import { toVersion } from './enforced.ts';

/**
 * Since which resourceVersion each ForkPolicy says what it says. A status written later raises its resourceVersion and
 * is nothing that a media node has to enforce.
 */
export class SpecVersions {
  readonly #store: Store<Stored<ForkPolicy>>;
  readonly #versions = new Map<string, string>();
  readonly #end: () => void;

  constructor(store: Store<Stored<ForkPolicy>>) {
    this.#store = store;
    this.#end = store.subscribe(({ key, before, after }) => {
      if (after === undefined) this.#versions.delete(key);
      else if (
        before?.metadata.uid !== after.metadata.uid ||
        before.metadata.generation !== after.metadata.generation
      )
        this.#versions.set(key, after.metadata.resourceVersion);
    });
  }

  /** The newest of a company's ForkPolicies in a pool; `undefined` where there are none. */
  newestOf(company: CompanyKey, pool: string): bigint | undefined {
    let newest: bigint | undefined;
    for (const { metadata, spec } of this.#store.by('company', company)) {
      if (spec?.company?.mediaPool !== pool) continue;
      const since = this.#versions.get(`${metadata.namespace}/${metadata.name}`);
      const version = toVersion(since ?? metadata.resourceVersion);
      if (version !== undefined && (newest === undefined || version > newest)) newest = version;
    }
    return newest;
  }

  stop(): void {
    this.#end();
  }
}
