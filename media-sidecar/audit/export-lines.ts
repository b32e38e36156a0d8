import { z } from 'zod';
import type { ChainRow } from './chain/chain-row.ts';
import { type ExportedRow, isWithheld } from './chain/withheld-rows.ts';

const place = { node: z.string(), seq: z.int().positive() };
const rowSchema = z.strictObject({
  ...place,
  at: z.int(),
  kind: z.enum(['attempt', 'start', 'end', 'erasure']),
  id: z.string(),
  company: z.string().nullable(),
  retentionDays: z.int(),
  digest: z.string(),
  prev: z.string(),
  hash: z.string(),
  salt: z.string().nullable(),
  content: z.string().nullable(),
}) satisfies z.ZodType<ChainRow>;
const withheldSchema = z.strictObject({ ...place, through: z.int().positive(), hash: z.string() });
/** A row as one line of an export has it. */
export const exportedRowSchema = z.union([rowSchema, withheldSchema]) satisfies z.ZodType<ExportedRow>;

/** The row as one line of JSON, without its line break: the columns of the chain in their order, `content` as it is stored, so that it can be hashed. */
export const exportLine = (row: ExportedRow): string =>
  JSON.stringify(row, Object.keys((isWithheld(row) ? withheldSchema : rowSchema).shape));

/**
 * The row of a line, for verifying an export. `undefined`: {@link exportLine} writes no such line, be it that other software reads one thing in
 * it and this one another.
 */
export const importLine = (line: string): ExportedRow | undefined => {
  try {
    const row = exportedRowSchema.parse(JSON.parse(line));
    return JSON.stringify(row) === line ? row : undefined;
  } catch {
    return undefined;
  }
};
