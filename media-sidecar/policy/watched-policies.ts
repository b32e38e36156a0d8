import { readForkPolicy } from '@medlyssning/policy';
import { type KubeObject, refOf, type StoreChange } from 'kube-runtime';
import type { Logger } from 'pino';
import type { PolicyStore } from './policy-store.ts';

/** Why a ForkPolicy of the cluster is not enforced, by `namespace/name`. */
export type Malformed = ReadonlyMap<string, string>;

/**
 * Applies what is seen of the cluster's ForkPolicies as it is seen. One that cannot be read counts as one without users:
 * its people are unknown, and what it had allowed ends. The others go on.
 */
export class WatchedPolicies {
  readonly #store: PolicyStore;
  readonly #log: Logger;
  readonly #malformed = new Map<string, string>();

  constructor(store: PolicyStore, log: Logger) {
    this.#store = store;
    this.#log = log;
  }

  get malformed(): Malformed {
    return this.#malformed;
  }

  readonly take = ({ key, after }: StoreChange<KubeObject>): void => {
    const problem = after && this.#apply(after);
    if (problem === undefined) this.#malformed.delete(key);
    else this.#malformed.set(key, problem);
    if (after && problem === undefined) return;
    const { namespace = '', name } = refOf(key);
    if (problem === undefined) {
      this.#store.remove(namespace, name);
      return;
    }
    this.#store.withhold(namespace, name);
    this.#log.error({ forkPolicy: key, problem }, 'a ForkPolicy cannot be read; its users are refused');
  };

  /** Generation counts every change of the spec, whoever made it; a revision is only what its writer says. */
  #apply(object: KubeObject): string | undefined {
    const read = readForkPolicy(object);
    if (read.kind === 'invalid') return read.message;
    const { uid, generation } = object.metadata;
    try {
      this.#store.apply(read.policy, `${uid} ${generation}`);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
}
