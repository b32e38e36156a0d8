import type { ForkPolicySpec } from '../generated/resources.ts';
import type { CompanyPolicy } from './user-row.ts';

/** The settings of a ForkPolicy as a decision reads them. */
export function companyPolicy(
  key: string,
  { listening, ...company }: ForkPolicySpec['company'],
): CompanyPolicy {
  const { maxPolicyAgeSeconds, ...rest } = listening;
  return {
    key,
    displayName: company.displayName,
    domains: company.domains,
    country: company.country,
    language: company.language,
    listening: { ...rest, maxPolicyAgeMs: maxPolicyAgeSeconds * 1000 },
    retentionDays: company.audit.retentionDays,
  };
}
