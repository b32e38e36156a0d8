import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import type { ReadRows } from '@medlyssning/media-sidecar/audit/chain/verify-chains.ts';
import type { ExportedRow } from '@medlyssning/media-sidecar/audit/chain/withheld-rows.ts';
import { importLine } from '@medlyssning/media-sidecar/audit/export-lines.ts';
import { Unanswered, whyText } from '../errors.ts';

/**
 * The rows of an export, as often as they are asked for. Standard input (`-`) can be read only once, so it is kept.
 * @throws Unanswered at the line that no export has
 */
export const readExport = async (file: string): Promise<ReadRows> => {
  if (file !== '-') return () => rowsIn(file, createInterface({ input: createReadStream(file) }));
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) lines.push(line);
  return () => rowsIn('standard input', lines);
};

async function* rowsIn(
  name: string,
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncIterable<ExportedRow> {
  let number = 0;
  try {
    for await (const line of lines) {
      number += 1;
      const row = importLine(line);
      if (!row)
        throw new Unanswered(
          `Line ${number} of ${name} is not one that --export writes. Was it changed, or cut, or made by a later version?`,
        );
      yield row;
    }
  } catch (cause) {
    if (cause instanceof Unanswered) throw cause;
    throw new Unanswered(`The export ${name} cannot be read: ${whyText(cause)}.`, { cause });
  }
  if (number === 0) throw new Unanswered(`There is no row in ${name}. Name what audit --export has written.`);
}
