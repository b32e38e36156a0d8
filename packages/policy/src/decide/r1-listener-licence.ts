import { defineRule, type StandingInput } from './rule.ts';

/** R1, first half: the listener holds the licence (Kundkontakt Pro). */
export const r1ListenerLicence = defineRule<StandingInput>(
  'R1',
  'ListenerLicenseMissing',
  'Entitlement.spec.license',
  ({ listener, now }) => listener?.licensedAt(now),
);
