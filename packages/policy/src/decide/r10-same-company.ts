import { defineRule, type StandingInput } from './rule.ts';
import { targetInCompany } from './target-in-company.ts';

/** R10: listener and target are of the same company. Another company's people do not exist for the listener. */
export const r10SameCompany = defineRule<StandingInput>(
  'R10',
  'TargetUnknown',
  'User.spec.companyRef',
  (input) =>
    input.target === undefined || input.company === undefined
      ? undefined
      : targetInCompany(input) !== undefined,
);
