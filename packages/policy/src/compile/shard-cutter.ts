import { cutIntoShards, type Shard } from './shards.ts';

interface Entry {
  readonly hash: number;
  readonly row: { readonly name: string };
}

/** Cuts a company's users into shards again and again; a shard in which nothing changed is the same object. */
export class ShardCutter<E extends Entry> {
  #shards: readonly Shard<E>[] = [];

  /** After users came or went. `entries` are in order of name. */
  cut(entries: ReadonlyMap<string, E>): readonly Shard<E>[] {
    this.#shards = cutIntoShards([...entries.values()]);
    return this.#shards;
  }

  /** After these of the same users changed. */
  replace(entries: ReadonlyMap<string, E>, changed: readonly E[]): readonly Shard<E>[] {
    const counts = new Set(this.#shards.map(({ count }) => count));
    // A residue class has one number of its own, since index lies below count and count is a power of two.
    const touched = new Set(
      changed.flatMap(({ hash }) => [...counts].map((count) => count + (hash % count))),
    );
    this.#shards = this.#shards.map((shard) =>
      touched.has(shard.count + shard.index)
        ? { ...shard, entries: shard.entries.map((entry) => entries.get(entry.row.name) ?? entry) }
        : shard,
    );
    return this.#shards;
  }
}
