import { type ForkPolicy, forkPolicyName } from '@medlyssning/policy';
import { isAsWanted } from './is-as-wanted.ts';
import { takesAway } from './takes-away.ts';

/** What has to be done for a company's ForkPolicies to be what is wanted. */
export interface WritePlan {
  /** To be applied, whole, those that take something away first. */
  readonly writes: readonly ForkPolicy[];
  /** To be applied in the next round. */
  readonly postponed: readonly ForkPolicy[];
  /** Observed; nobody compiled them: to be deleted at once. */
  readonly strays: readonly ForkPolicy[];
  /** Observed; of an earlier cut: to be deleted once what takes their place is written. */
  readonly outdated: readonly ForkPolicy[];
}

/**
 * So many are written in a round; then the company is looked at again. Where changes come faster than the API server takes
 * them, a right that is taken away overtakes what else waits.
 */
const mostInARound = 32;

/** Compares what is wanted with what is there. Both are of one company. */
export type Planner = (wanted: readonly ForkPolicy[], observed: readonly ForkPolicy[]) => WritePlan;

/** Remembers what it found equal, by identity: the next plan costs what changed. */
export const createPlanner = (): Planner => {
  const equal = new WeakMap<ForkPolicy, ForkPolicy>();
  const isEqual = (observed: ForkPolicy, wanted: ForkPolicy): boolean => {
    if (equal.get(observed) === wanted) return true;
    if (!isAsWanted(observed, wanted)) return false;
    equal.set(observed, wanted);
    return true;
  };
  return (wanted, observed) => {
    const there = new Map(observed.map((policy) => [policy.metadata.name, policy]));
    const names = new Set(wanted.map(({ metadata }) => metadata.name));
    const gone = observed.filter(
      ({ metadata }) => !names.has(metadata.name) && metadata.deletionTimestamp === undefined,
    );
    const isOutdated = (policy: ForkPolicy) => wanted.length > 0 && isOfEarlierCut(policy);
    const changed = wanted.filter((policy) => {
      const before = there.get(policy.metadata.name);
      return before === undefined || !isEqual(before, policy);
    });
    const { urgent = [], other = [] } = Object.groupBy(changed, (policy) =>
      takesAway(there.get(policy.metadata.name), policy) ? 'urgent' : 'other',
    );
    const inOrder = [...urgent, ...other];
    return {
      writes: inOrder.slice(0, mostInARound),
      postponed: inOrder.slice(mostInARound),
      strays: gone.filter((policy) => !isOutdated(policy)),
      outdated: gone.filter(isOutdated),
    };
  };
};

/** Named as one of ours; what anybody else made is no replacement of anything. */
const isOfEarlierCut = ({ metadata, spec }: ForkPolicy): boolean =>
  spec?.shard !== undefined &&
  metadata.ownerReferences?.some(({ controller }) => controller === true) === true &&
  metadata.name === forkPolicyName(spec.companyRef.name, spec.shard.index, spec.shard.count);

/**
 * May an outdated shard go although some are not written yet? Only where none of those would take over one of its users: else
 * a passing fault of the API server would end listens that are allowed.
 */
export const mayGo = (outdated: ForkPolicy, open: readonly ForkPolicy[]): boolean =>
  open.every(({ spec }) => !overlap(outdated.spec.shard, spec.shard));

type Shard = ForkPolicy['spec']['shard'];

/** Residue classes of powers of two meet where they agree on the smaller divisor. */
const overlap = (a: Shard, b: Shard): boolean => {
  const count = Math.min(a.count, b.count);
  return a.index % count === b.index % count;
};
