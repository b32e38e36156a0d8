import type { Change } from './change-calls.ts';
import type { Companies } from './companies.ts';
import type { Seen } from './subscribers-process.ts';

/** What came of the changes. */
export interface Delivered {
  /** From each change to each subscriber who may know of it, ms. */
  readonly lateness: readonly number[];
  /** Changes of which one who may know was not told, or was told twice. */
  readonly lost: number;
  /** Rows told to somebody who may not know of that colleague's calls. */
  readonly leaked: number;
}

/** Compares what was seen with what happened. */
export const delivered = (
  { subscribers, agents }: Companies,
  changes: readonly Change[],
  seen: readonly Seen[],
): Delivered => {
  const changesOf = Map.groupBy(changes, ({ agent }) => agent);
  const seenBy = Map.groupBy(seen, ({ subscriber }) => subscriber);
  const lateness: number[] = [];
  let [lost, leaked] = [0, 0];
  for (const [n, { company, mayListen }] of subscribers.entries()) {
    const rows = Map.groupBy(seenBy.get(n) ?? [], ({ agent }) => agent);
    const own = agents.filter((agent) => agent.company === company && mayListen);
    const known = own.reduce((sum, { name }) => sum + (rows.get(name)?.length ?? 0), 0);
    leaked += (seenBy.get(n)?.length ?? 0) - known;
    for (const agent of own) {
      const happened = changesOf.get(agent) ?? [];
      const told = rows.get(agent.name) ?? [];
      if (told.length !== happened.length) lost += Math.abs(happened.length - told.length);
      else for (const [i, { at }] of happened.entries()) lateness.push((told[i]?.at ?? Number.NaN) - at);
    }
  }
  return { lateness, lost, leaked };
};
