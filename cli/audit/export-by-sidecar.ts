import type { ExportedRow } from '@medlyssning/media-sidecar/audit/chain/withheld-rows.ts';
import { exportedRowSchema } from '@medlyssning/media-sidecar/audit/export-lines.ts';
import { z } from 'zod';
import type { Sidecar } from '../sidecar/sidecar.ts';
import { text } from '../sidecar/views.ts';

const answer = z.object({ rows: z.array(exportedRowSchema), next: text.nullable() });

/** All rows of the company of the administrator who signed in, page by page. @throws Unanswered */
export async function* exportBySidecar(sidecar: Sidecar): AsyncIterable<ExportedRow> {
  let after: string | undefined;
  for (;;) {
    const { rows, next } = await sidecar.ask({ path: '/v1/audit/export', query: { after } }, answer);
    yield* rows;
    if (next === null || next === after) return;
    after = next;
  }
}
