import { scopeOf } from './key-hash.ts';
import type { Shard } from './shard.ts';
import type { CompanyPolicy } from './user-row.ts';

/** A company as the index holds it: its shards, and the settings that the newest of them says. */
export class CompanyEntry {
  /** `namespace/name`. */
  readonly key: string;
  readonly scope: number;
  /** Every name of a profile that a row of this company has said; rows point at them. */
  readonly profileNames: string[] = [];
  readonly shards = new Set<Shard>();
  #policy: CompanyPolicy;
  #share = 0;
  #overlaps = false;

  constructor(policy: CompanyPolicy) {
    this.key = policy.key;
    this.scope = scopeOf(policy.key);
    this.#policy = policy;
  }

  get policy(): CompanyPolicy {
    return this.#policy;
  }

  add(shard: Shard): void {
    this.shards.add(shard);
    this.#cover(shard.share);
    this.#policy = shard.settings;
  }

  delete(shard: Shard): void {
    if (!this.shards.delete(shard)) return;
    this.#cover(-shard.share);
    if (shard.settings !== this.#policy) return;
    let newest: Shard | undefined;
    for (const other of this.shards)
      if (newest === undefined || other.sequence > newest.sequence) newest = other;
    if (newest !== undefined) this.#policy = newest.settings;
  }

  /**
   * While a shard is split or joined, old and new stand side by side for a moment and a user may be in both. Shares
   * are powers of two, so their sum is exact.
   */
  get overlaps(): boolean {
    return this.#overlaps;
  }

  #cover(share: number): void {
    this.#share += share;
    this.#overlaps = this.#share > 1;
  }
}
