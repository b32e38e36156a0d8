import type { Company, ForkPolicy, ForkPolicySpec } from '../generated/resources.ts';
import { forkPolicyName, type PolicyCompany } from './fork-policy.ts';
import type { PolicyUser } from './policy-user.ts';

/** Finds the shard of the run before where it says the very same. */
export type Reuse = (shard: ForkPolicySpec['shard'], rows: readonly PolicyUser[]) => ForkPolicy | undefined;

/** Rows are compared by identity: that spares hashing the shards in which nothing changed. */
export function reuseOf(previous: readonly ForkPolicy[], company: Company, settings: PolicyCompany): Reuse {
  const { name, namespace, uid } = company.metadata;
  const settingsText = JSON.stringify(settings);
  const byName = new Map(
    previous
      .filter(
        ({ metadata }) => metadata.namespace === namespace && metadata.ownerReferences?.[0]?.uid === uid,
      )
      .map((policy) => [policy.metadata.name, policy]),
  );
  return ({ index, count }, rows) => {
    const before = byName.get(forkPolicyName(name, index, count));
    return before !== undefined &&
      before.spec.users.length === rows.length &&
      before.spec.users.every((row, i) => row === rows[i]) &&
      JSON.stringify(before.spec.company) === settingsText
      ? before
      : undefined;
  };
}
