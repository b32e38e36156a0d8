import { defineRule, type StandingInput } from './rule.ts';
import { targetInCompany } from './target-in-company.ts';

/** R1, second half: the one listened to holds the licence too. */
export const r1TargetLicence = defineRule<StandingInput>(
  'R1',
  'TargetLicenseMissing',
  'Entitlement.spec.license',
  (input) => targetInCompany(input)?.licensedAt(input.now),
);
