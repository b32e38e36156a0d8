import { once } from 'node:events';
import type { ExportedRow } from '@medlyssning/media-sidecar/audit/chain/withheld-rows.ts';
import { exportLine } from '@medlyssning/media-sidecar/audit/export-lines.ts';
import type { Output } from '../print/output.ts';

/** Writes each row as a line, no faster than it is read. */
export const writeExport = async ({ stdout }: Output, rows: AsyncIterable<ExportedRow>): Promise<void> => {
  for await (const row of rows) if (!stdout.write(`${exportLine(row)}\n`)) await once(stdout, 'drain');
};
