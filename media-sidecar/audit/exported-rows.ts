import type { AuditReader } from './audit-store.ts';
import { beforeAll, type ChainPlace, type ExportedRow, withWithheld } from './chain/withheld-rows.ts';

/** Of one company all rows of all nodes, read bit by bit. */
export async function* exportedRows(
  reader: Pick<AuditReader, 'companyRows'>,
  company: string,
): AsyncIterable<ExportedRow> {
  let after: ChainPlace | undefined = beforeAll;
  while (after) {
    const rows = await reader.companyRows(company, after);
    yield* withWithheld(rows, after);
    after = rows.at(-1);
  }
}
