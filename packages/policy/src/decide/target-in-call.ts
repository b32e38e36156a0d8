import { defineRule, type StandingInput } from './rule.ts';
import { targetInCompany } from './target-in-company.ts';

/** There is something to listen to: the target is in an answered call. */
export const targetInCall = defineRule<StandingInput>(
  '-',
  'TargetNotInCall',
  'Call',
  (input) => targetInCompany(input) && input.call !== undefined,
);
