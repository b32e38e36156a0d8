import type { AttemptRecord, EndRecord, StartRecord } from './audit-log.ts';
import type { AuditEntry } from './audit-store.ts';

/** The row of an attempt, by its place in a page. */
export interface AttemptRow {
  /** ms since the epoch. */
  readonly at: number;
  readonly node: string;
  readonly seq: number;
  readonly id: string;
  readonly content: string;
}

/** The row of its start, or of its end. */
export interface LaterRow {
  readonly kind: string;
  readonly content: string;
}

/** An attempt with its start and its end, read from their rows. @param later of this attempt alone */
export const entryOf = ({ node, seq, content }: AttemptRow, later: readonly LaterRow[]): AuditEntry => {
  const of = (kind: string) => later.find((row) => row.kind === kind)?.content ?? 'null';
  return {
    node,
    seq,
    attempt: JSON.parse(content) as AttemptRecord,
    start: JSON.parse(of('start')) as StartRecord | null,
    end: JSON.parse(of('end')) as EndRecord | null,
  };
};
