import { type AdmissionReason, type CompanyPolicy, normaliseNumber, type Verdict } from '@medlyssning/policy';
import type { Asked } from '../events/event-stream.ts';
import type { Question } from '../listen/ask.ts';
import type { Facts } from '../listen/gather.ts';
import type { AttemptRecord } from './audit-log.ts';

/** Of those who belong to no company that is known. */
const daysWithoutCompany = 90;
const longestNumber = 128;

/** However a number was written, and be it within a URI, the record has it in one form. */
const numberOf = (text: string, company: CompanyPolicy | undefined): string =>
  normaliseNumber(text, { country: company?.country ?? '' }) ?? text.slice(0, longestNumber);

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
    retentionDays: company?.retentionDays ?? daysWithoutCompany,
    listener: { user: listener?.name ?? null, number: numberOf(numbers.listener ?? '', company) },
    target: { user: target?.name ?? null, number: numberOf(numbers.target ?? '', company) },
    device: device.kind === 'known' ? { name: device.device.name, kind: device.device.kind } : null,
    callId: facts.subject?.call.callId ?? null,
    reason,
    rules: verdict.rules,
    policyRevisions: verdict.revisions,
  };
};

/** Who wanted to hear whom, by this record; `undefined` where their company is not known. */
export const askedIn = ({ company, listener, target }: AttemptRecord): Asked | undefined =>
  company === null ? undefined : { company, listener, target };
