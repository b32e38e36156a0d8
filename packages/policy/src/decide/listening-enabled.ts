import { defineRule, type StandingInput } from './rule.ts';

/** The company has listening switched on at all. */
export const listeningEnabled = defineRule<StandingInput>(
  '-',
  'ListeningDisabled',
  'Company.spec.listening.enabled',
  ({ company }) => company?.listening.enabled,
);
