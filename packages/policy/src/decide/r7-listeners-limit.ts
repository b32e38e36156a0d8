import { defineRule } from './rule.ts';
import { targetInCompany } from './target-in-company.ts';

/** R7: several may listen at once, up to what the company allows on one call. */
export const r7ListenersLimit = defineRule(
  'R7',
  'TooManyListeners',
  'Company.spec.listening.maxListenersPerCall',
  (input) =>
    targetInCompany(input) &&
    input.call &&
    input.company &&
    input.call.listeners < input.company.listening.maxListenersPerCall,
);
