import type { Finding, MediaNode } from '@medlyssning/policy';

/** How far the newest policy of a company has come, as its status says it. */
export interface Enforcement {
  /** Media nodes of its pool. */
  readonly total: number;
  readonly enforcing: number;
}

/** A media node that was not heard for so long enforces nothing that one could count on (MediaNode.status.lastHeartbeatTime). */
const silentMs = 60_000;

/**
 * Counts the media nodes that enforce what was written up to `newest`, the highest resourceVersion of the company's
 * ForkPolicies; `undefined` where there are none yet. A node that says nothing readable, that is silent, or that could not
 * read a policy (`PolicyApplied` false) does not count.
 */
export const enforcementOf = (
  nodes: readonly MediaNode[],
  newest: bigint | undefined,
  now: Date,
): Enforcement => ({
  total: nodes.length,
  enforcing: nodes.filter(({ status }) => {
    const enforced = toVersion(status?.policyResourceVersion);
    const heardAt = Date.parse(status?.lastHeartbeatTime ?? '');
    const isHeard = now.getTime() - heardAt < silentMs;
    return isHeard && canRead(status) && enforced !== undefined && newest !== undefined && enforced >= newest;
  }).length,
});

const canRead = (status: MediaNode['status']): boolean =>
  status?.conditions?.some(({ type, status }) => type === 'PolicyApplied' && status === 'False') !== true;

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
