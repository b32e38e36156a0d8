import type { AttemptRecord, ChainedRecord, EndRecord, ErasureRecord, StartRecord } from './audit-log.ts';
import type { ChainHead, ChainRow } from './chain/chain-row.ts';
import type { PublishedHead, Verification } from './chain/verify-chains.ts';
import type { ChainPlace } from './chain/withheld-rows.ts';

/** What is asked of the records: one company's, newest first. */
export interface AuditQuery {
  /** `namespace/name`; no query reaches beyond one company. */
  readonly company: string;
  /** Names of users. `involving`: as listener or as target. */
  readonly involving?: string | undefined;
  /** As listener, or as target of a listen that was heard: what somebody may know of themselves. */
  readonly own?: string | undefined;
  readonly listener?: string | undefined;
  readonly target?: string | undefined;
  /** Only what audio flowed for. */
  readonly heard?: boolean | undefined;
  /** ms since the epoch; `until` is the first that is not asked for. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** `next` of the page before. */
  readonly after?: string | undefined;
  /** 1 to 200. */
  readonly limit: number;
}

/** One attempt and what came of it. */
export interface AuditEntry {
  readonly node: string;
  readonly seq: number;
  readonly attempt: AttemptRecord;
  readonly start: StartRecord | null;
  readonly end: EndRecord | null;
}

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** For `after` of the next page; null where this is the last. */
  readonly next: string | null;
}

/** An admitted attempt without an end; `startedAt` is null where no audio ever flowed. */
export interface Unended {
  readonly id: string;
  readonly company: string | null;
  readonly retentionDays: number;
  readonly startedAt: string | null;
}

/** Records that are kept alike, and not erased yet. */
export interface Kept {
  readonly company: string | null;
  readonly retentionDays: number;
  /** Of the oldest, ms since the epoch. */
  readonly oldest: number;
}

/** What reads the records. Every method rejects with what the store says where it cannot be read. */
export interface AuditReader {
  /** Throws {@link InvalidCursor}. */
  page(query: AuditQuery): Promise<AuditPage>;
  unended(node: string): Promise<readonly Unended[]>;
  kept(): Promise<readonly Kept[]>;
  /** All rows of all nodes, each node's in the order of its chain; for an export. */
  rows(): AsyncIterable<ChainRow>;
  /** Rows of one company (at most 500) that follow this place, in the order of `rows`; none: there are no more. */
  companyRows(company: string, after: ChainPlace): Promise<readonly ChainRow[]>;
  /** Goes through all chains, as they are at one moment. */
  verify(published?: readonly PublishedHead[]): Promise<Verification>;
  close(): Promise<void>;
}

/** What writes one node's chain. */
export interface AuditWriter {
  /**
   * Chains these records to what is there, all or none, and resolves with the head once they are on stable storage. A record that is
   * there already (same id and kind) is not written again, so a try whose outcome is not known may be repeated.
   */
  append(records: readonly ChainedRecord[]): Promise<ChainHead>;
  /**
   * Writes that it erases, and erases the content of some (at most 500) of the records it speaks of that are kept for
   * `retentionDays`. Resolves with how many.
   */
  erase(erasure: ErasureRecord, retentionDays: number): Promise<number>;
  close(): Promise<void>;
}

/** The page was asked for with an `after` that no page gave. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  readonly reason = 'InvalidCursor';
}

/** The store cannot take records; the message says why. */
export class AuditStoreError extends Error {
  override readonly name = 'AuditStoreError';
  readonly reason = 'AuditUnavailable';
}
