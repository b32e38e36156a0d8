import type { CallEvent } from '../observe/call-event.ts';
import type { Party } from './call.ts';
import {
  addressIn,
  type CallState,
  evidenceAt,
  identityOf,
  meet,
  otherRole,
  partyOf,
  roleOfLabel,
  withEntry,
  withMember,
  withParties,
} from './call-state.ts';
import type { PartyDirectory } from './party-directory.ts';

type Offered = Extract<CallEvent, { kind: 'offered' }>;

/**
 * An offer while the call rings: the first one, or one more branch. Once answered, an offer (re-INVITE, hold, the first
 * half of a transfer) changes nobody: its answer will.
 */
export const onOffer = (
  state: CallState,
  event: Offered,
  directory: PartyDirectory,
  now: number,
): CallState => {
  const role = state.roles.get(event.fromTag) ?? roleOfLabel(event.label) ?? 'caller';
  const heard: CallState = {
    ...state,
    seenAt: Math.max(state.seenAt, event.doneAt),
    roles: withEntry(state.roles, event.fromTag, role),
    ringing: event.viaBranch === undefined ? state.ringing : withMember(state.ringing, event.viaBranch),
  };
  if (state.answeredAt !== undefined) return heard;

  const domain = event.metadata?.domain ?? state.domain;
  const evidence = evidenceAt(state, event.at, now);
  const other = otherRole(role);
  const address = (of: Party['role']) => addressIn(event.metadata, of) ?? partyOf(state, of)?.address;
  const offerer = meet(
    state,
    directory,
    { role, tag: event.fromTag, address: address(role) ?? '' },
    domain,
    evidence,
  );
  const otherAddress = address(other);
  const asked =
    otherAddress === undefined
      ? undefined
      : meet(state, directory, { role: other, tag: undefined, address: otherAddress }, domain, evidence);
  const offeredTo = asked ? withMember(state.offeredTo, identityOf(asked)) : state.offeredTo;
  return withParties({ ...heard, domain, offeredTo }, asked ? [offerer, asked] : [offerer]);
};
