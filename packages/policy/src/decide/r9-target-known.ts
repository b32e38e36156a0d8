import { defineRule, type StandingInput } from './rule.ts';

/** R9: the number dialled, or the name chosen, names a person. */
export const r9TargetKnown = defineRule<StandingInput>(
  'R9',
  'TargetUnknown',
  'User.spec.fixedNumber',
  (input) =>
    input.target !== undefined && input.target.company !== input.company?.key
      ? undefined
      : input.target !== undefined,
);
