import type { ChainHead, ChainRow } from './chain-row.ts';

/** Rows `seq` to `through` of a node, which are not this company's, in an export of one company: nothing of them but the hash of the last. */
export interface WithheldRows extends ChainHead {
  readonly node: string;
  readonly through: number;
}

/** What an export is made of: the rows of all companies, or those of one with the others withheld. */
export type ExportedRow = ChainRow | WithheldRows;

/** A place in the order of an export: by node, then by place in its chain. */
export type ChainPlace = Pick<ChainRow, 'node' | 'seq'>;

export const beforeAll: ChainPlace = { node: '', seq: 0 };

export const isWithheld = (row: ExportedRow): row is WithheldRows => 'through' in row;

/**
 * One company's rows with what is withheld between them. Of others' rows behind its last one nothing is told: how many there are by now is not
 * for this company to know (R10).
 * @param after the row of this company that these follow
 */
export const withWithheld = (rows: readonly ChainRow[], after: ChainPlace): readonly ExportedRow[] =>
  rows.flatMap((row, n) => {
    const before = rows[n - 1] ?? after;
    const seq = before.node === row.node ? before.seq + 1 : 1;
    if (row.seq === seq) return [row];
    return [{ node: row.node, seq, through: row.seq - 1, hash: row.prev }, row];
  });
