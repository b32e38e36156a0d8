import { type AdmissionReason, decide, reasonText, type UserRow } from '@medlyssning/policy';
import { gatherOn, type Knowledge } from '../../../listen/gather.ts';
import type { Identity } from '../../../listen/identify.ts';
import type { PersonView } from './person-view.ts';

/** A colleague in the eyes of one who may want to hear them. */
export interface ColleagueView extends PersonView {
  readonly extension: string | null;
  readonly mayListen: boolean;
  /** `Allowed`, or the first rule that refuses. */
  readonly reason: AdmissionReason;
  /** The same in a sentence, in the company's language. */
  readonly why: string;
  /** `null`: not for the one who asks to know. */
  readonly inCall: boolean | null;
  /** Since when they talk, ISO 8601. */
  readonly since: string | null;
}

/**
 * The colleague as the rules let this listener see them: the decision is the one an attempt would get now, and whether they are in
 * a call is told only where that decision looked at it. Whoever lacks licence or right sees the same of everybody.
 */
export const colleagueView = (know: Knowledge, identity: Identity, target: UserRow): ColleagueView => {
  const { input, subject } = gatherOn(know, identity, target);
  const { kind, reason, rules } = decide(input);
  const inCall = asksForCall(rules) ? subject !== undefined : null;
  const answeredAt = inCall ? subject?.call.answeredAt : undefined;
  return {
    user: target.name,
    displayName: target.displayName,
    extension: target.extension ?? null,
    mayListen: kind === 'allowed',
    reason,
    why: reasonText(reason, input.company?.language ?? 'en'),
    inCall,
    since: answeredAt === undefined ? null : new Date(answeredAt).toISOString(),
  };
};

/** Did every rule before the call hold? */
const asksForCall = (rules: ReturnType<typeof decide>['rules']): boolean => {
  const first = rules.findIndex(({ outcome }) => outcome !== 'passed');
  const call = rules.findIndex(({ reason }) => reason === 'TargetNotInCall');
  return first === -1 || first >= call;
};
