import type { Company, ForkPolicy } from '../generated/resources.ts';
import { forkPolicy, forkPolicyName, policyCompany } from './fork-policy.ts';
import type { PolicyUser } from './policy-user.ts';
import type { Shard } from './shards.ts';

type MadeFrom = Shard<{ readonly row: PolicyUser }>;

/** Makes the ForkPolicies of a company. One that would say the very same as the time before is given again, the same object. */
export const createPolicyMaker = (): ((
  company: Company,
  shards: readonly MadeFrom[],
) => readonly ForkPolicy[]) => {
  let madeFor = '';
  let made = new Map<string, { readonly shard: MadeFrom; readonly policy: ForkPolicy }>();
  return (company, shards) => {
    const { name, namespace, uid } = company.metadata;
    const settings = policyCompany(company);
    const text = JSON.stringify([name, namespace, uid, settings]);
    const before = text === madeFor ? made : new Map<string, never>();
    madeFor = text;
    made = new Map(
      shards.map((shard) => {
        const { index, count, entries } = shard;
        const key = forkPolicyName(name, index, count);
        const known = before.get(key);
        if (known !== undefined && isSame(known.shard, shard)) return [key, { shard, policy: known.policy }];
        const rows = entries.map(({ row }) => row);
        return [key, { shard, policy: forkPolicy(company, settings, { index, count }, rows) }];
      }),
    );
    return made
      .values()
      .map(({ policy }) => policy)
      .toArray();
  };
};

/** Rows are compared by identity: that spares hashing the shards in which nothing changed. */
const isSame = (before: MadeFrom, now: MadeFrom): boolean =>
  before === now ||
  (before.entries.length === now.entries.length &&
    before.entries.every(({ row }, i) => row === now.entries[i]?.row));
