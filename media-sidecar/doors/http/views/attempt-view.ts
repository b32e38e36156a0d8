import type { AdmissionReason, DeviceKind, EndReason, PolicyIndex, RuleOutcome } from '@medlyssning/policy';
import { shortenNumber } from '@medlyssning/policy';
import type { AttemptRecord } from '../../../audit/audit-log.ts';
import type { AuditEntry } from '../../../audit/audit-store.ts';
import type { Person } from '../../../registry/line-registry.ts';

/** Who listened, or was to be listened to, as the record has them. */
export interface RecordedPerson {
  /** `metadata.name` of their User; null: nobody known, or not for the one who asks to know. */
  readonly user: string | null;
  /** As people call them now; of somebody who is gone, the name of their User. */
  readonly displayName: string | null;
  /** Shortened, except for administrators; empty where none is known. */
  readonly number: string;
}

/** One attempt to listen and what came of it, as those see it who may know of it. */
export interface AttemptView {
  readonly id: string;
  /** When it was decided, ISO 8601. */
  readonly at: string;
  readonly listener: RecordedPerson;
  readonly target: RecordedPerson;
  readonly device: { readonly name: string; readonly kind: DeviceKind } | null;
  /** `Allowed`, or why it was refused. */
  readonly reason: AdmissionReason;
  /** Since when the listener heard, ISO 8601; null: they heard nothing. */
  readonly heardFrom: string | null;
  /** null: refused, or not over. `cause`, for listener and administrators: which rule a `Revoked` listen lost. */
  readonly end: {
    readonly at: string;
    readonly reason: EndReason | AdmissionReason;
    readonly cause?: AdmissionReason;
  } | null;
  /** For administrators. */
  readonly detail?: {
    readonly node: string;
    readonly callId: string | null;
    readonly rules: readonly RuleOutcome[];
    readonly policyRevisions: readonly string[];
  };
}

/** Who reads the record: somebody of the company that it is of. */
export interface RecordReader {
  readonly person: Person;
  /** Reads as an administrator of that company. */
  readonly isAdministrator: boolean;
}

/**
 * What this reader may see of it. A listener is told what the attempt told them, and no more: where a rule about themselves refused,
 * not even whether the one they wanted exists. Whoever was listened to is not told what became of the listener's own rights.
 */
export const attemptView = (
  index: PolicyIndex,
  { person, isAdministrator }: RecordReader,
  { node, attempt, start, end }: AuditEntry,
): AttemptView => {
  const { id, at, listener, target, device, reason, callId, rules, policyRevisions } = attempt;
  const shown = ({ user, number }: AttemptRecord['listener']): RecordedPerson => ({
    user,
    displayName: user === null ? null : (index.userByName(person.company, user)?.displayName ?? user),
    number: isAdministrator || number === '' ? number : shortenNumber(number),
  });
  const isListener = listener.user === person.name;
  return {
    id,
    at,
    listener: shown(listener),
    target: isAdministrator || wasLookedFor(rules) ? shown(target) : nobody,
    device,
    reason,
    heardFrom: start?.at ?? null,
    end: end && {
      at: end.at,
      reason: end.reason,
      ...(end.cause && (isAdministrator || isListener) && { cause: end.cause }),
    },
    ...(isAdministrator && { detail: { node, callId, rules, policyRevisions } }),
  };
};

const nobody: RecordedPerson = { user: null, displayName: null, number: '' };

/** Did every rule about the listener hold, so that the target was looked for at all? */
const wasLookedFor = (rules: readonly RuleOutcome[]): boolean => {
  const target = rules.findIndex(({ reason }) => reason === 'TargetUnknown');
  return target !== -1 && rules.slice(0, target).every(({ outcome }) => outcome === 'passed');
};
