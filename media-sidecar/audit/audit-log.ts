import type { AdmissionReason, DeviceKind, EndReason, RuleOutcome } from '@medlyssning/policy';

/** What a record is about. */
interface Subject {
  /** Id of the attempt; the same on every record of one listen. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** `namespace/name`; null where the listener's company is not known. */
  readonly company: string | null;
  /** Days that this record is kept: what the company's policy said at the attempt. */
  readonly retentionDays: number;
}

/** An attempt was decided; written before any audio can flow. */
export interface AttemptRecord extends Subject {
  readonly record: 'attempt';
  readonly node: string;
  /** `number` as it was asserted, E.164 where it is one. Whom it may be shown to: `shortenNumbers`. */
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

/** The content of a company's records from before a time was erased; the rows and their hashes stay. */
export interface ErasureRecord {
  readonly record: 'erasure';
  readonly id: string;
  readonly at: string;
  /** null: of records whose company was not known. */
  readonly company: string | null;
  /** ISO 8601: what was recorded earlier than this is what was erased. */
  readonly before: string;
}

/** What a row of the chain may hold. */
export type ChainedRecord = AuditRecord | ErasureRecord;

/** Where records go. `append` resolves once the record is on stable storage and rejects where it is not (in time). */
export interface AuditLog {
  append(record: AuditRecord): Promise<void>;
}
