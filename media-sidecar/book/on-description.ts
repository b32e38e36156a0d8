import type { CallMetadata } from '../observe/parse-metadata.ts';
import type { CallDescription, Leg } from '../observe/query-to-call.ts';
import {
  type CallState,
  meet,
  newCall,
  otherRole,
  roleOfLabel,
  withEntry,
  withParties,
} from './call-state.ts';
import { onJoined } from './on-answer.ts';
import type { PartyDirectory } from './party-directory.ts';

type Pair = readonly [first: Leg, second: Leg];

/** The two legs that talk; `undefined` where none do, or more than two: then nobody can say who is whose party. */
const talkingPair = (description: CallDescription): Pair | undefined => {
  const talking = description.legs.filter((leg) => leg.talksWith.length > 0);
  const [first, second] = talking;
  return talking.length === 2 && first && second && first.talksWith[0] === second.tag
    ? [first, second]
    : undefined;
};

/** Caller first, going by what is known of the tags and else by their labels. */
const inOrder = (state: CallState, [a, b]: Pair): Pair | undefined => {
  const role = (leg: Leg) => state.roles.get(leg.tag) ?? roleOfLabel(leg.label);
  const [roleOfA, roleOfB] = [role(a), role(b)];
  if (roleOfA === roleOfB) return undefined;
  const first = roleOfA ?? (roleOfB && otherRole(roleOfB));
  return first === 'caller' ? [a, b] : [b, a];
};

/**
 * The word on a pair whose answer was not seen: the callee's leg carries the answer's metadata, which corrects the
 * offer's. Legs that contradict each other crosswise were re-INVITEd the wrong way round: they say nothing.
 */
const metadataOf = (caller: Leg, callee: Leg, description: CallDescription): CallMetadata | undefined => {
  const [asked, answered] = [caller.metadata, callee.metadata];
  const crossed =
    asked &&
    answered &&
    asked.caller !== asked.callee &&
    (asked.caller === answered.callee || asked.callee === answered.caller);
  return crossed ? undefined : (answered ?? asked ?? description.metadata);
};

/**
 * Did nobody answer yet, although media flows? The PBX says so with each message until the answer, so what counts is the
 * last word on the call and on the leg that would have answered. The caller's leg keeps what its offer said.
 */
const isEarly = (answering: readonly Leg[], description: CallDescription): boolean =>
  [description, ...answering].some(({ metadata }) => metadata?.state !== undefined);

/** A ringing call that was not seen to start: the caller's leg is there, the callee is only named. */
const ringing = (state: CallState, description: CallDescription, directory: PartyDirectory): CallState => {
  const offering = description.legs.filter((leg) => leg.present && roleOfLabel(leg.label) !== undefined);
  const [leg] = offering;
  const role = roleOfLabel(leg?.label);
  const metadata = leg?.metadata ?? description.metadata;
  if (!leg || !role || offering.length > 1) return state;
  const evidence = { kind: 'found', createdAt: description.createdAt } as const;
  const domain = metadata?.domain;
  const party = (of: typeof role, tag: string | undefined) => {
    const address = (of === 'caller' ? metadata?.caller : metadata?.callee) ?? '';
    return meet(state, directory, { role: of, tag, address }, domain, evidence);
  };
  const other = party(otherRole(role), undefined);
  const parties = other.address === '' ? [party(role, leg.tag)] : [party(role, leg.tag), other];
  return withParties({ ...state, domain, roles: withEntry(state.roles, leg.tag, role) }, parties);
};

/** It began well before the first offer we saw, which then was a re-INVITE (whole seconds: see `createdAt`). */
const startMissed = (state: CallState, { createdAt }: CallDescription): boolean =>
  state.startSeen && state.startedAt > createdAt + 1500;

/** A call whose start was not seen: profiles have to be proven anew, the roles of the tags stay. */
const foundCall = (
  callId: string,
  state: CallState | undefined,
  { createdAt }: CallDescription,
  at: number,
): CallState => {
  const found = newCall({ callId, startedAt: createdAt, startSeen: false, seenAt: at });
  return state ? { ...found, roles: state.roles, answeredAt: state.answeredAt } : found;
};

/**
 * What a look at the call engine makes of a call; snapshots that were taken live stay (they are in `met`).
 *
 * @param state `undefined` for a call found now
 * @param at when the look was begun, ms since the epoch
 * @returns `undefined` where the conversation is over
 */
export const onDescription = (
  state: CallState | undefined,
  callId: string,
  description: CallDescription,
  directory: PartyDirectory,
  at: number,
): CallState | undefined => {
  const before =
    state && !startMissed(state, description) ? state : foundCall(callId, state, description, at);
  const pair = talkingPair(description);
  if (!pair) {
    if (before.answeredAt !== undefined || !description.legs.some((leg) => leg.present)) return undefined;
    return before === state ? { ...state, seenAt: at } : ringing(before, description, directory);
  }
  const ordered = inOrder(before, pair) !== undefined;
  const [caller, callee] = inOrder(before, pair) ?? pair;
  const early = isEarly(ordered ? [callee] : pair, description);
  const known =
    before.parties.length === 2 &&
    [caller, callee].every((leg) => before.parties.some((p) => p.tag === leg.tag));
  if (known) return { ...before, answeredAt: before.answeredAt ?? (early ? undefined : at), seenAt: at };
  const joined = onJoined(
    before,
    {
      fromTag: caller.tag,
      toTag: callee.tag,
      toLabel: 'callee',
      metadata: ordered ? metadataOf(caller, callee, description) : undefined,
      early,
      at,
      evidence: { kind: 'found', createdAt: description.createdAt },
    },
    directory,
  );
  return { ...joined, seenAt: at };
};
