import { hash } from 'node:crypto';
import type { Company, ForkPolicy, ForkPolicySpec } from '../generated/resources.ts';
import type { PolicyUser } from './policy-user.ts';

/** The settings of a company as every one of its ForkPolicies says them. */
export type PolicyCompany = ForkPolicySpec['company'];

/** Lists that are sets are sorted, so that their order in YAML rewrites nothing. */
export function policyCompany({ spec }: Company): PolicyCompany {
  const { listening } = spec;
  return {
    displayName: spec.displayName,
    domains: spec.domains.map((domain) => domain.toLowerCase()).sort(),
    country: spec.country,
    language: spec.language,
    mediaPool: spec.mediaPool,
    listening: {
      enabled: listening.enabled,
      featureCode: listening.featureCode,
      allowedDevices: listening.allowedDevices.toSorted(),
      maxListenersPerCall: listening.maxListenersPerCall,
      maxPolicyAgeSeconds: listening.maxPolicyAgeSeconds,
      sound: listening.sound,
      internalCalls: listening.internalCalls,
    },
    audit: { retentionDays: spec.audit.retentionDays },
  };
}

/** `acme-5-of-8`. The last two numbers tell the shard, so no company's name can run into another's. */
export function forkPolicyName(company: string, index: number, count: number): string {
  return `${company}-${index}-of-${count}`;
}

/** Writes one shard. Same content, same revision: a hash over everything else that the spec says. */
export function forkPolicy(
  company: Company,
  settings: PolicyCompany,
  shard: ForkPolicySpec['shard'],
  users: readonly PolicyUser[],
): ForkPolicy {
  const { name, namespace, uid } = company.metadata;
  const content = { companyRef: { name }, shard, company: settings, users };
  const revision = hash('sha256', JSON.stringify(content), 'hex').slice(0, 12);
  return {
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'ForkPolicy',
    metadata: {
      name: forkPolicyName(name, shard.index, shard.count),
      namespace,
      // A directory knows no uids, and there nothing is collected.
      ...(uid !== undefined && {
        ownerReferences: [
          {
            apiVersion: company.apiVersion,
            kind: company.kind,
            name,
            uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      }),
    },
    spec: { ...content, revision },
  };
}
