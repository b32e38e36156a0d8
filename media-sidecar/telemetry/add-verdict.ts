import type { AdmissionReason, Verdict } from '@medlyssning/policy';
import type { Span } from '@opentelemetry/api';

/** Shows a decision in its span: each rule an event. Rules, reasons and fields are codes of ours; revisions are hashes. */
export const addVerdict = (span: Span, id: string, reason: AdmissionReason, verdict: Verdict): void => {
  if (!span.isRecording()) return;
  for (const { rule, reason: refusesWith, outcome, field } of verdict.rules) {
    span.addEvent('rule', {
      'medlyssning.rule.id': rule,
      'medlyssning.rule.outcome': outcome,
      'medlyssning.rule.reason': refusesWith,
      'medlyssning.rule.field': field,
    });
  }
  span.setAttributes({
    'medlyssning.attempt.id': id,
    'medlyssning.reason': reason,
    'medlyssning.policy.revisions': [...verdict.revisions],
  });
};
