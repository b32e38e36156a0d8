import type { Finding } from './condition.ts';

/**
 * What goes away by itself or when the rest of what was applied has arrived. All other problems stay until somebody changes
 * something.
 */
const passing: ReadonlySet<string> = new Set([
  'CompanyUnknown',
  'ProfileUnknown',
  'UserUnknown',
  'NotYetValid',
  'PolicyNotWritten',
]);

/**
 * `Stalled`, the condition by which kstatus tells what has failed from what is still going on; it is there only while it is true
 * (sigs.k8s.io/cli-utils, pkg/kstatus).
 */
export function stalledFinding(findings: readonly Finding[]): readonly Finding[] {
  const ready = findings.find(({ type }) => type === 'Ready');
  return ready?.holds === false && !passing.has(ready.reason)
    ? [{ ...ready, type: 'Stalled', holds: true }]
    : [];
}
