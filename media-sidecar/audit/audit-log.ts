import type { AdmissionReason, DeviceKind, EndReason, RuleOutcome } from '@medlyssning/policy';

/** Who and what a record is about. Numbers are shortened before they come here. */
interface Subject {
  /** Id of the attempt; the same on every record of one listen. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** An attempt was decided; written before any audio can flow. */
export interface AttemptRecord extends Subject {
  readonly record: 'attempt';
  readonly node: string;
  readonly company: string | null;
  readonly listener: { readonly user: string | null; readonly number: string };
  readonly target: { readonly user: string | null; readonly number: string };
  readonly device: { readonly name: string; readonly kind: DeviceKind } | null;
  readonly callId: string | null;
  readonly reason: AdmissionReason;
  readonly rules: readonly RuleOutcome[];
  readonly policyRevisions: readonly string[];
}

/** Audio began to flow to the listener. */
export interface StartRecord extends Subject {
  readonly record: 'start';
  /** Length of the sound that was played to the target, ms (R6). */
  readonly soundMs: number;
}

/** An admitted attempt came to its end; `startedAt` is null where no audio ever flowed. */
export interface EndRecord extends Subject {
  readonly record: 'end';
  readonly reason: EndReason | AdmissionReason;
  /** Of a listen that was `Revoked`: the reason a new attempt would be refused with. */
  readonly cause?: AdmissionReason;
  readonly startedAt: string | null;
}

export type AuditRecord = AttemptRecord | StartRecord | EndRecord;

/** Where records go. `append` resolves once the record is on stable storage and rejects where it is not. */
export interface AuditLog {
  append(record: AuditRecord): Promise<void>;
  close(): Promise<void>;
}
