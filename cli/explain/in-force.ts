import { createCompilerOfAll, PolicyIndex, type Resource } from '@medlyssning/policy';
import type { Origin } from '../source/origin.ts';

/** A policy to ask, and the objects it was compiled from. */
export interface Compiled {
  readonly resources: readonly Resource[];
  readonly index: PolicyIndex;
  /** Conditions by `Kind namespace/name`. */
  readonly statuses: ReturnType<ReturnType<typeof createCompilerOfAll>>['statuses'];
}

/** What the objects compile to at that moment. */
export const compileOrigin = ({ resources }: Pick<Origin, 'resources'>, now: Date): Compiled => {
  const { policies, statuses } = createCompilerOfAll()(resources, now);
  const index = new PolicyIndex();
  for (const policy of policies) index.apply(policy);
  return { resources, index, statuses };
};

/** What the operator has written, which is what media nodes decide by; `undefined` for a folder. */
export const writtenIndex = ({ written }: Pick<Origin, 'written'>): PolicyIndex | undefined => {
  if (written === undefined) return undefined;
  const index = new PolicyIndex();
  for (const policy of written) index.apply(policy);
  return index;
};
