import type { CallEvent } from '../observe/call-event.ts';
import type { CallState } from './call-state.ts';

/** What a delete did, as far as can be told from here; `unsure` wants a look at the call engine. */
export type DeleteEffect = 'ended' | 'unsure';

/** The leg that rtpengine takes a delete to mean: the branch if it knows it and no to-tag is given, else the tag. */
const legMeant = (state: CallState, { fromTag, toTag, viaBranch }: CallEvent): string | undefined => {
  if (toTag === undefined && viaBranch !== undefined) {
    const answered = state.answeredBranches.get(viaBranch);
    if (answered !== undefined || state.ringing.has(viaBranch)) return answered;
  }
  return toTag ?? fromTag;
};

/** An unanswered call is over with its caller's leg, or with the last branch that rings. */
const endsRinging = (state: CallState, event: CallEvent, leg: string | undefined): boolean => {
  const { viaBranch } = event;
  if (leg === undefined) return viaBranch !== undefined && state.ringing.size === 1;
  return event.toTag === undefined && state.parties.some((party) => party.tag === leg);
};

/**
 * Measured on 26.0.1: a delete of a leg that talks ends the conversation, whichever side and with or without to-tag
 * (with other branches about, rtpengine keeps the survivor's ports, but it talks with nobody); a delete of a losing
 * branch or of a party transferred away does not touch those who talk. What `query` shows cannot decide it, since
 * during a delete-delay all looks as before.
 */
export const onDelete = (state: CallState, event: Extract<CallEvent, { kind: 'deleted' }>): DeleteEffect => {
  if (event.fromTag === undefined) return 'ended';
  const leg = legMeant(state, event);
  if (state.answeredAt === undefined) return endsRinging(state, event, leg) ? 'ended' : 'unsure';
  return state.parties.some((party) => party.tag !== undefined && party.tag === leg) ? 'ended' : 'unsure';
};

/** The call without the branch that was given up. */
export const withoutBranch = (state: CallState, viaBranch: string | undefined): CallState => {
  if (viaBranch === undefined || !state.ringing.has(viaBranch)) return state;
  const ringing = new Set(state.ringing);
  ringing.delete(viaBranch);
  return { ...state, ringing };
};
