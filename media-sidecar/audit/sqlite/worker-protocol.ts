import type { ChainedRecord, ErasureRecord } from '../audit-log.ts';
import type { AuditQuery } from '../audit-store.ts';
import type { ChainHead } from '../chain/chain-row.ts';
import type { PublishedHead } from '../chain/verify-chains.ts';
import type { ChainPlace } from '../chain/withheld-rows.ts';

export interface WorkerData {
  readonly file: string;
  readonly node: string;
  /** The head as this process knows it from an earlier worker. */
  readonly known?: ChainHead;
}

/** What a worker can be asked. */
export type WorkerOperation =
  | { readonly op: 'append'; readonly records: readonly ChainedRecord[] }
  | { readonly op: 'erase'; readonly erasure: ErasureRecord; readonly retentionDays: number }
  | { readonly op: 'checkpoint'; readonly truncate: boolean }
  | { readonly op: 'page'; readonly query: AuditQuery }
  | { readonly op: 'unended'; readonly node: string }
  | { readonly op: 'kept' }
  | { readonly op: 'rowsAfter'; readonly after: ChainPlace }
  | { readonly op: 'companyRows'; readonly company: string; readonly after: ChainPlace }
  | { readonly op: 'verify'; readonly published: readonly PublishedHead[] }
  | { readonly op: 'close' };

export type WorkerRequest = WorkerOperation & { readonly id: number };

export type WorkerAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly problem: string; readonly reason: string | undefined };

/** What `append` is answered with. */
export interface Appended {
  readonly head: ChainHead;
  /** Rows that this process had written were not in the file; the chain goes on over the gap. */
  readonly lacksRows: boolean;
}
