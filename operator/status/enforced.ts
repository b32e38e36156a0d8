import type { Finding, MediaNode } from '@medlyssning/policy';

/** How far the newest policy of a company has come, as its status says it. */
export interface Enforcement {
  /** Media nodes of its pool. */
  readonly total: number;
  readonly enforcing: number;
}

/**
 * Counts the media nodes that enforce what was written up to `newest`, the highest resourceVersion of the company's
 * ForkPolicies; `undefined` where there are none yet. A node that says nothing readable does not count.
 */
export const enforcementOf = (nodes: readonly MediaNode[], newest: bigint | undefined): Enforcement => ({
  total: nodes.length,
  enforcing: nodes.filter(({ status }) => {
    const enforced = toVersion(status?.policyResourceVersion);
    return enforced !== undefined && newest !== undefined && enforced >= newest;
  }).length,
});

/** `Enforced`: every media node of the pool enforces the newest policy. Without nodes nobody can tell. */
export const enforcedFinding = ({ total, enforcing }: Enforcement, pool: string): Finding => {
  const type = 'Enforced';
  if (total === 0)
    return {
      type,
      holds: 'unknown',
      reason: 'NoMediaNodes',
      message: `The pool ${pool} has no media node yet.`,
    };
  const message = `${enforcing} of ${total} media nodes enforce the newest policy.`;
  return enforcing === total
    ? { type, holds: true, reason: 'AllNodes', message }
    : { type, holds: false, reason: 'NodesBehind', message };
};

/** A resourceVersion as the number it is (Kubernetes 1.35 on says so, and it always was); else `undefined`. */
export const toVersion = (text: string | undefined): bigint | undefined =>
  text !== undefined && /^[0-9]{1,20}$/.test(text) ? BigInt(text) : undefined;
