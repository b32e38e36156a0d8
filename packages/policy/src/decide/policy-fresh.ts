import { defineRule } from './rule.ts';

/**
 * A policy that could not be confirmed for too long may have been revoked meanwhile: any doubt refuses. An age that
 * is no number, or negative after a step of the clock, is unknown and therefore too old.
 */
export const policyFresh = defineRule(
  '-',
  'PolicyStale',
  'Company.spec.listening.maxPolicyAgeSeconds',
  ({ company, policyAgeMs }) =>
    company && policyAgeMs >= 0 && policyAgeMs <= company.listening.maxPolicyAgeMs,
);
