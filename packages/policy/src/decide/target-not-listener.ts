import { defineRule, type StandingInput } from './rule.ts';
import { targetInCompany } from './target-in-company.ts';

/** Nobody listens to oneself. */
export const targetNotListener = defineRule<StandingInput>('-', 'TargetIsListener', 'User', (input) => {
  const target = targetInCompany(input);
  return target && input.listener && !target.isNamed(input.listener.name);
});
