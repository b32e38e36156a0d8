import { defineRule, type StandingInput } from './rule.ts';

/** Only a known user of a known company may ask. */
export const listenerKnown = defineRule<StandingInput>(
  '-',
  'ListenerUnknown',
  'User',
  ({ company, listener }) => company !== undefined && listener?.company === company.key,
);
