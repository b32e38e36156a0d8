import { askedParties } from './asked-parties.ts';
import { defineRule, type StandingInput } from './rule.ts';

/** R4, first half: the profile that was active when the call started is known. */
export const r4ProfileKnown = defineRule<StandingInput>(
  'R4',
  'ProfileAtStartUnknown',
  'User.status.activeProfile',
  (input) => askedParties(input)?.every(({ profile }) => profile.kind === 'known'),
);
