import type { CallEvent } from '../observe/call-event.ts';
import type { CallMetadata } from '../observe/parse-metadata.ts';
import type { Party } from './call.ts';
import {
  addressIn,
  type CallState,
  type Evidence,
  evidenceAt,
  identityAt,
  identityOf,
  meet,
  otherRole,
  partyOf,
  type Role,
  roleOfLabel,
  withEntry,
  withParties,
} from './call-state.ts';
import type { PartyDirectory } from './party-directory.ts';

/** Two legs talk with each other: an answer was seen, or a query shows it. */
export interface Joined {
  /** Who made the offer. */
  readonly fromTag: string;
  /** Who answered it. */
  readonly toTag: string;
  /** Role of the answering leg, where its label says so. */
  readonly toLabel: string | undefined;
  readonly metadata: CallMetadata | undefined;
  /** Only media flows, nobody has answered: who rings is in no call. ng does not tell a 183 from a 200; the PBX does. */
  readonly early: boolean;
  readonly at: number;
  readonly evidence: Evidence;
}

/**
 * The roles of the two tags. What is known of a tag stands; of two that claim the same role the one already in the
 * call keeps it.
 */
const rolesOf = (state: CallState, { fromTag, toTag, toLabel }: Joined): readonly [from: Role, to: Role] => {
  const from = state.roles.get(fromTag);
  const to = state.roles.get(toTag) ?? roleOfLabel(toLabel);
  if (from === undefined && to === undefined) return ['caller', 'callee'];
  const inCall = (tag: string) => state.parties.some((party) => party.tag === tag);
  if (to === undefined || (from === to && inCall(fromTag))) {
    const kept = from ?? 'caller';
    return [kept, otherRole(kept)];
  }
  return [otherRole(to), to];
};

/**
 * A re-INVITE by the callee, sent on by a script that does not look at the direction, names each in the other's place.
 * Then nothing it says is believed.
 */
const isCrossed = (
  state: CallState,
  metadata: CallMetadata | undefined,
  directory: PartyDirectory,
): boolean =>
  (['caller', 'callee'] as const).some((role) => {
    const said = addressIn(metadata, role);
    const own = partyOf(state, role);
    const opposite = partyOf(state, otherRole(role));
    if (said === undefined || !opposite || opposite.address === '') return false;
    const identity = identityAt(directory, said, metadata?.domain ?? state.domain);
    return identity === identityOf(opposite) && (!own || identity !== identityOf(own));
  });

const addressOf = (state: CallState, role: Role, tag: string, metadata: CallMetadata | undefined): string => {
  const said = addressIn(metadata, role);
  if (said !== undefined) return said;
  const before = partyOf(state, role);
  const stays = before !== undefined && (before.tag === undefined || before.tag === tag);
  // Several rang and nobody says which one answered: better nobody than the wrong one.
  const oneOfMany = state.answeredAt === undefined && before?.tag === undefined && state.offeredTo.size > 1;
  return stays && !oneOfMany ? before.address : '';
};

/** The two legs talk from now on, and nobody else does; while `early`, only their media flows. */
export const onJoined = (state: CallState, joined: Joined, directory: PartyDirectory): CallState => {
  const [fromRole, toRole] = rolesOf(state, joined);
  const metadata = isCrossed(state, joined.metadata, directory) ? undefined : joined.metadata;
  const domain = metadata?.domain ?? state.domain;
  const party = (role: Role, tag: string): Party =>
    meet(
      state,
      directory,
      { role, tag, address: addressOf(state, role, tag, metadata) },
      domain,
      joined.evidence,
    );
  const parties = [party(fromRole, joined.fromTag), party(toRole, joined.toTag)].toSorted((a, b) =>
    b.role.localeCompare(a.role),
  );
  const roles = withEntry(withEntry(state.roles, joined.fromTag, fromRole), joined.toTag, toRole);
  const answeredAt = state.answeredAt ?? (joined.early ? undefined : joined.at);
  return withParties({ ...state, domain, roles, answeredAt }, parties);
};

/** An answer was seen, be it early. */
export const onAnswer = (
  state: CallState,
  event: Extract<CallEvent, { kind: 'answered' }>,
  directory: PartyDirectory,
  now: number,
): CallState => {
  const { fromTag, toTag, label, metadata, at, viaBranch } = event;
  const evidence = evidenceAt(state, at, now);
  const early = metadata?.state !== undefined;
  const joined = onJoined(
    state,
    { fromTag, toTag, toLabel: label, metadata, early, at, evidence },
    directory,
  );
  const answeredBranches =
    viaBranch === undefined ? state.answeredBranches : withEntry(state.answeredBranches, viaBranch, toTag);
  return { ...joined, answeredBranches, seenAt: Math.max(state.seenAt, event.doneAt) };
};
