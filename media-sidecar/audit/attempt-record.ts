import {
  type AdmissionReason,
  type CompanyPolicy,
  normaliseNumber,
  shortenNumber,
  type Verdict,
} from '@medlyssning/policy';
import type { Question } from '../listen/ask.ts';
import type { Facts } from '../listen/gather.ts';
import type { AttemptRecord } from './audit-log.ts';

/** However a number was written, and be it within a URI, the record shows the same few digits of it. */
const shortened = (text: string, company: CompanyPolicy | undefined): string =>
  shortenNumber(normaliseNumber(text, { country: company?.country ?? '' }) ?? text);

/** The record of one attempt: who, whom, when, by which device, each rule's outcome, under which policy. */
export const attemptRecord = (
  node: string,
  id: string,
  facts: Facts,
  question: Question,
  { reason, verdict }: { readonly reason: AdmissionReason; readonly verdict: Verdict },
): AttemptRecord => {
  const { now, company, listener, target, device } = facts.input;
  const numbers =
    'claim' in question
      ? {
          listener: question.claim.identities[0],
          target: question.dialled(company?.listening.featureCode ?? ''),
        }
      : { listener: listener?.fixedNumber, target: target?.fixedNumber };
  return {
    record: 'attempt',
    id,
    at: new Date(now).toISOString(),
    node,
    company: company?.key ?? null,
    listener: { user: listener?.name ?? null, number: shortened(numbers.listener ?? '', company) },
    target: { user: target?.name ?? null, number: shortened(numbers.target ?? '', company) },
    device: device.kind === 'known' ? { name: device.device.name, kind: device.device.kind } : null,
    callId: facts.subject?.call.callId ?? null,
    reason,
    rules: verdict.rules,
    policyRevisions: verdict.revisions,
  };
};
