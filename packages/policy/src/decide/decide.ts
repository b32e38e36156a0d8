import type { AdmissionReason } from '../reasons.ts';
import type { DecideInput } from './decide-input.ts';
import { rules } from './rules.ts';
import type { RuleOutcome, Verdict } from './verdict.ts';

/**
 * May this listener, from this device, listen to this call of this target, now? Pure: the same input gives the same
 * verdict, in the sidecar, the command line, the operator and the tests.
 *
 * Every rule that has something to look at is asked, for the record; the first that does not pass gives the reason.
 */
export function decide(input: DecideInput): Verdict {
  const outcomes: RuleOutcome[] = [];
  let refusal: AdmissionReason | undefined;
  for (const rule of rules) {
    const holds = rule.holds(input);
    outcomes.push(holds === undefined ? rule.notAsked : holds ? rule.passed : rule.failed);
    // R10 without a target is not asked; R9 after it says that there is none. Both refuse alike.
    if (holds !== true) refusal ??= rule.reason;
  }
  return {
    kind: refusal === undefined ? 'allowed' : 'refused',
    reason: refusal ?? 'Allowed',
    rules: outcomes,
    revisions: revisionsOf(input),
  };
}

function revisionsOf({ company, listener, target }: DecideInput): readonly string[] {
  if (listener === undefined) return [];
  // Another company's policy, its revision included, stays out of this company's record (R10).
  return target === undefined || target.company !== company?.key
    ? [listener.revision]
    : [listener.revision, target.revision];
}
