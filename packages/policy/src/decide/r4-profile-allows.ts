import { type AskedParty, askedParties } from './asked-parties.ts';
import { defineRule, type StandingInput } from './rule.ts';

/**
 * R4, second half: that profile allowed listening then, and the policy lets it still. To switch profile during the
 * call changes nothing, in either direction; to forbid listening on the profile itself is a change of policy and
 * reaches calls that are up.
 */
export const r4ProfileAllows = defineRule<StandingInput>(
  'R4',
  'ProfileForbids',
  'Profile.spec.allowListening',
  (input) => {
    const asked = askedParties(input);
    if (asked?.some(forbids)) return false;
    return asked?.every(({ profile }) => profile.kind === 'known') ? true : undefined;
  },
);

function forbids({ user, profile }: AskedParty): boolean {
  return profile.kind === 'known' && !(profile.allowed && user?.profileAllows(profile.profile) === true);
}
