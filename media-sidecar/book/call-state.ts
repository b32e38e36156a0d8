import type { CallMetadata } from '../observe/parse-metadata.ts';
import type { Call, Party } from './call.ts';
import type { PartyDirectory } from './party-directory.ts';
import { profileProven, profileSeen, unknownProfile } from './profile-at-start.ts';

export type Role = Party['role'];

/** What the book keeps of a call beyond what it shows. */
export interface CallState extends Call {
  /** SIP domain that names the company. */
  readonly domain: string | undefined;
  /** The role of every tag met so far; the first word on it stands, since a re-INVITE may say it the wrong way round. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Branches of the INVITE that still ring. */
  readonly ringing: ReadonlySet<string>;
  /** Tag that answered a branch. */
  readonly answeredBranches: ReadonlyMap<string, string>;
  /** The callees offered so far, by {@link identityOf}: with several, only the answer tells which one it is. */
  readonly offeredTo: ReadonlySet<string>;
  /** Every user named so far, by {@link identityOf}: the first snapshot of a profile is the one that counts (R4). */
  readonly met: ReadonlyMap<string, Pick<Party, 'user' | 'profileAtStart'>>;
  /** Was its first offer seen? If not, a profile at the start must be proven. */
  readonly startSeen: boolean;
  /** When something was last known of it, ms since the epoch. */
  readonly seenAt: number;
}

/** How a profile at the start is found out: the message was seen (at, now), or the call was found later. */
export type Evidence =
  | { readonly kind: 'seen'; readonly at: number; readonly now: number }
  | { readonly kind: 'found'; readonly createdAt: number };

export const evidenceAt = (state: CallState, at: number, now: number): Evidence =>
  state.startSeen ? { kind: 'seen', at, now } : { kind: 'found', createdAt: state.startedAt };

/** More tags or people than any real call has; what comes after is not kept. */
const maxPerCall = 32;

export const otherRole = (role: Role): Role => (role === 'caller' ? 'callee' : 'caller');

export const roleOfLabel = (label: string | undefined): Role | undefined =>
  label === 'caller' || label === 'callee' ? label : undefined;

export const partyOf = (state: Pick<Call, 'parties'>, role: Role): Party | undefined =>
  state.parties.find((party) => party.role === role);

/** Adds to a collection of a call, within its bound. */
export const withEntry = <V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> =>
  map.get(key) === value || (map.size >= maxPerCall && !map.has(key)) ? map : new Map(map).set(key, value);

export const withMember = (set: ReadonlySet<string>, member: string): ReadonlySet<string> =>
  set.has(member) || set.size >= maxPerCall ? set : new Set(set).add(member);

/** The same person has the same identity, whichever of their addresses was used; strangers are their address. */
export const identityOf = (party: Pick<Party, 'user' | 'address'>): string =>
  party.user ? `user ${party.user.company} ${party.user.name}` : `address ${party.address}`;

/** Who is behind this address, without a judgement of the profile. */
export const identityAt = (
  directory: PartyDirectory,
  address: string,
  domain: string | undefined,
): string => {
  const who = directory.whoIs(address, domain);
  return identityOf({ address, user: who && { company: who.company, name: who.user } });
};

/** A party as the evidence allows to know it; who was met before in this call keeps the profile of then. */
export const meet = (
  state: Pick<CallState, 'met'>,
  directory: PartyDirectory,
  party: Pick<Party, 'role' | 'tag' | 'address'>,
  domain: string | undefined,
  evidence: Evidence,
): Party => {
  const who = party.address === '' ? undefined : directory.whoIs(party.address, domain);
  if (!who) {
    const { partlyKnown } = directory;
    const doubt = partlyKnown.size > 0 && { mayBeOf: partlyKnown };
    return { ...party, user: undefined, profileAtStart: unknownProfile, ...doubt };
  }
  const user = { company: who.company, name: who.user };
  const before = state.met.get(identityOf({ address: party.address, user }));
  if (before) return { ...party, ...before };
  const profileAtStart =
    evidence.kind === 'seen'
      ? profileSeen(who.profile, evidence.at, evidence.now)
      : profileProven(who.profile, evidence.createdAt);
  return { ...party, user, profileAtStart };
};

/** The state with these parties in place of its own. */
export const withParties = (state: CallState, parties: readonly Party[]): CallState => ({
  ...state,
  parties,
  met: parties.reduce(
    (met, { user, profileAtStart, address }) =>
      user
        ? withEntry(
            met,
            identityOf({ user, address }),
            met.get(identityOf({ user, address })) ?? { user, profileAtStart },
          )
        : met,
    state.met,
  ),
});

/** A call of which nothing is known yet. */
export const newCall = (of: Pick<CallState, 'callId' | 'startedAt' | 'startSeen' | 'seenAt'>): CallState => ({
  ...of,
  answeredAt: undefined,
  parties: [],
  domain: undefined,
  roles: new Map(),
  ringing: new Set(),
  answeredBranches: new Map(),
  offeredTo: new Set(),
  met: new Map(),
});

/** The address that metadata gives the role. */
export const addressIn = (metadata: CallMetadata | undefined, role: Role): string | undefined =>
  role === 'caller' ? metadata?.caller : metadata?.callee;
