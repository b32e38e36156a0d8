import type { AdmissionReason } from '../reasons.ts';
import type { DecideInput } from './decide-input.ts';
import type { RuleId, RuleOutcome } from './verdict.ts';

/** The part of a decision that must go on holding while a listen lasts; the rest is asked once, at its start. */
export type StandingInput = Omit<DecideInput, 'policyAgeMs' | 'line'>;

/** One rule of rules.md, over what it looks at. */
export interface Rule<Input = DecideInput> {
  readonly reason: AdmissionReason;
  /** `undefined`: nothing to look at, because a rule before this one failed. */
  readonly holds: (input: Input) => boolean | undefined;
  /** The three outcomes, made once: a decision only points at them. */
  readonly passed: RuleOutcome;
  readonly failed: RuleOutcome;
  readonly notAsked: RuleOutcome;
}

/** Makes a rule of its id, the reason it refuses with, the field that decides and the question itself. */
export function defineRule<Input = DecideInput>(
  rule: RuleId,
  reason: AdmissionReason,
  field: string,
  holds: (input: Input) => boolean | undefined,
): Rule<Input> {
  const outcome = (outcome: RuleOutcome['outcome']): RuleOutcome =>
    Object.freeze({ rule, reason, outcome, field });
  return {
    reason,
    holds,
    passed: outcome('passed'),
    failed: outcome('failed'),
    notAsked: outcome('notAsked'),
  };
}
