import type { ChainedRecord } from './audit-log.ts';
import type { ChainRow } from './chain/chain-row.ts';
import { shortenNumbers } from './shorten-numbers.ts';

/** With `shortened` numbers the lines no longer prove their content, but still the order and that none is missing. */
export type ExportedNumbers = 'full' | 'shortened';

/** The row as one line of JSON, without its line break: the columns of the chain, and `content` as the record itself. */
export const exportLine = ({ salt, content, ...row }: ChainRow, numbers: ExportedNumbers): string => {
  const record = content === null ? null : (JSON.parse(content) as ChainedRecord);
  if (numbers === 'full' || record === null) return JSON.stringify({ ...row, salt, content: record });
  return JSON.stringify({ ...row, content: shortenNumbers(record) });
};

/** The row that {@link exportLine} wrote with full numbers, for verifying an export. Throws SyntaxError. */
export const importLine = (line: string): ChainRow => {
  const { content, ...row } = JSON.parse(line);
  return { ...row, content: content === null ? null : JSON.stringify(content) };
};
