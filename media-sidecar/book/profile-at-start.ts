import type { ProfileAtStart } from '@medlyssning/policy';
import type { PartyDirectory } from './party-directory.ts';

type ActiveProfile = NonNullable<ReturnType<PartyDirectory['whoIs']>>['profile'];

/** How far the clock that stamps `since` may be from ours. */
const clockSkewMs = 2000;
/** The mirror shows a message within a millisecond; what comes later than this was held up somewhere. */
const promptMs = 500;

export const unknownProfile: ProfileAtStart = { kind: 'unknown' };

const known = ({ name, allowed }: ActiveProfile): ProfileAtStart => ({
  kind: 'known',
  profile: name,
  allowed,
});

/**
 * R4 for a party we see come into a call as it happens: the profile active now is the one active then, unless it was
 * switched in between.
 *
 * @param at when the message that names the party was taken, ms since the epoch
 */
export const profileSeen = (active: ActiveProfile, at: number, now: number): ProfileAtStart => {
  if (Math.abs(now - at) > promptMs) return profileProven(active, at);
  return active.since <= at ? known(active) : unknownProfile;
};

/**
 * R4 for a party whose start in the call we did not see: known only where the profile active now was so already
 * before, by more than clocks may differ.
 *
 * @param startedAt no later than the real start, ms since the epoch
 */
export const profileProven = (active: ActiveProfile, startedAt: number): ProfileAtStart =>
  active.since + clockSkewMs < startedAt ? known(active) : unknownProfile;
