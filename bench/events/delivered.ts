import type { Change } from './change-calls.ts';
import type { Companies } from './companies.ts';
import type { Seen } from './seen.ts';

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
  seen: Seen,
): Delivered => {
  const changesOf = Map.groupBy(changes, ({ agent }) => agent);
  const rowsOf = Map.groupBy(seen.at.keys(), (row) => keyOf(seen.subscriber[row], seen.agent[row]));
  const lateness: number[] = [];
  let [lost, known] = [0, 0];
  for (const [n, { company, mayListen }] of subscribers.entries()) {
    for (const agent of agents.filter((one) => one.company === company && mayListen)) {
      const happened = changesOf.get(agent) ?? [];
      const told = rowsOf.get(keyOf(n, agent.number)) ?? [];
      known += told.length;
      lost += Math.abs(happened.length - told.length);
      if (told.length !== happened.length) continue;
      for (const [i, { at }] of happened.entries())
        lateness.push((seen.at[told[i] ?? -1] ?? Number.NaN) - at);
    }
  }
  return { lateness, lost, leaked: seen.at.length - known };
};

const keyOf = (subscriber = -1, agent = -1): string => `${subscriber} ${agent}`;
