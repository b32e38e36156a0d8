import { type AdmissionReason, shortenNumber, type Verdict } from '@medlyssning/policy';
import type { Ask } from '../listen/ask.ts';
import type { Facts } from '../listen/gather.ts';
import type { AttemptRecord } from './audit-log.ts';

/** The record of one attempt: who, whom, when, by which device, each rule's outcome, under which policy. */
export const attemptRecord = (
  node: string,
  id: string,
  facts: Facts,
  ask: Pick<Ask, 'claim' | 'dialled'>,
  { reason, verdict }: { readonly reason: AdmissionReason; readonly verdict: Verdict },
): AttemptRecord => {
  const { now, company, listener, target, device } = facts.input;
  const dialled = ask.dialled(company?.listening.featureCode ?? '') ?? '';
  return {
    record: 'attempt',
    id,
    at: new Date(now).toISOString(),
    node,
    company: company?.key ?? null,
    listener: { user: listener?.name ?? null, number: shortenNumber(ask.claim.identities[0] ?? '') },
    target: { user: target?.name ?? null, number: shortenNumber(dialled) },
    device: device.kind === 'known' ? { name: device.device.name, kind: device.device.kind } : null,
    callId: facts.subject?.call.callId ?? null,
    reason,
    rules: verdict.rules,
    policyRevisions: verdict.revisions,
  };
};
