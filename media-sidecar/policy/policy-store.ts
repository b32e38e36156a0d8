import { type ForkPolicy, PolicyIndex } from '@medlyssning/policy';

const keyOf = (policy: ForkPolicy) => `${policy.metadata.namespace}/${policy.metadata.name}`;

/**
 * The policy this node enforces, fed by one source. Only changed shards are applied, and subscribers hear of a change
 * once it is whole.
 */
export class PolicyStore {
  readonly index = new PolicyIndex();
  readonly #revisions = new Map<string, ForkPolicy>();
  readonly #subscribers = new Set<() => void>();
  readonly #now: () => number;
  #confirmedAt = Number.NEGATIVE_INFINITY;

  /** @param now ms since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The source said, just now, that what is applied is what is in force. */
  confirm(): void {
    this.#confirmedAt = this.#now();
  }

  /** How long ago the source last confirmed the policy, ms; Infinity before it ever did. */
  ageMs(): number {
    return this.#now() - this.#confirmedAt;
  }

  /** Puts exactly these policies in force; what is not among them ends. */
  replaceAll(policies: readonly ForkPolicy[]): void {
    const wanted = new Map(policies.map((policy) => [keyOf(policy), policy]));
    let changed = false;
    for (const [key, old] of this.#revisions) {
      if (wanted.has(key)) continue;
      this.index.remove(old.metadata.namespace, old.metadata.name);
      this.#revisions.delete(key);
      changed = true;
    }
    for (const [key, policy] of wanted) {
      if (this.#revisions.get(key)?.spec.revision === policy.spec.revision) continue;
      this.index.apply(policy);
      this.#revisions.set(key, policy);
      changed = true;
    }
    this.confirm();
    if (changed) for (const subscriber of this.#subscribers) subscriber();
  }

  subscribe(subscriber: () => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }
}
