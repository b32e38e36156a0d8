/** Most users in one ForkPolicy; with all that a user can have it stays far below etcd's limit of 1.5 MB an object. */
const maximumUsers = 32;

/** A cut of more than this many parts happens only to names made to collide. */
const maximumCount = 2 ** 30;

/** Users whose hash leaves `index` when divided by `count`. */
export interface Shard<Entry> {
  readonly index: number;
  readonly count: number;
  readonly entries: readonly Entry[];
}

/**
 * Cuts a company's users into shards, as extendible hashing does: a shard is a residue class, `hash mod count =
 * index`, and one that grows beyond 32 users is split into the two classes of twice the count. Shards of different
 * counts stand side by side, so adding or removing one user changes its own shard, or now and then splits or joins
 * one, and never moves anyone else. The cut depends on the set of users alone: no history, no order, no state.
 *
 * Entries keep their order within a shard. A company without users has one empty shard, since its settings must be
 * told too.
 */
export function cutIntoShards<Entry extends { readonly hash: number }>(
  entries: readonly Entry[],
  index = 0,
  count = 1,
): readonly Shard<Entry>[] {
  if (entries.length <= maximumUsers) return [{ index, count, entries }];
  // Those left out are unknown to every media node, which refuses: listening fails closed.
  if (count === maximumCount) return [{ index, count, entries: entries.slice(0, maximumUsers) }];
  const double = count * 2;
  const low: Entry[] = [];
  const high: Entry[] = [];
  for (const entry of entries) (entry.hash % double === index ? low : high).push(entry);
  return [...cutIntoShards(low, index, double), ...cutIntoShards(high, index + count, double)];
}
