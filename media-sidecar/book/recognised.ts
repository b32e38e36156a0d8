import type { Party } from './call.ts';
import { type CallState, withParties } from './call-state.ts';
import type { PartyDirectory } from './party-directory.ts';
import { unknownProfile } from './profile-at-start.ts';

/** Is there somebody in it who may be a user, though nobody knew whom? */
export const isInDoubt = ({ parties }: Pick<CallState, 'parties'>): boolean =>
  parties.some(({ user, mayBeOf }) => !user && mayBeOf !== undefined);

/**
 * The call with those named who were strangers only because not all people were known when they were met. Which profile they had then
 * nobody can say any more (R4).
 */
export const recognised = (state: CallState, directory: PartyDirectory): CallState => {
  const parties = state.parties.map((party) => named(party, state.domain, directory));
  return parties.some((party, n) => party !== state.parties[n]) ? withParties(state, parties) : state;
};

const named = (party: Party, domain: string | undefined, directory: PartyDirectory): Party => {
  const { user, mayBeOf, ...rest } = party;
  const who = user || !mayBeOf || party.address === '' ? undefined : directory.whoIs(party.address, domain);
  return who
    ? { ...rest, user: { company: who.company, name: who.user }, profileAtStart: unknownProfile }
    : party;
};
