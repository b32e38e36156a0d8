import { InvalidCursor } from './audit-store.ts';

/** Where a page ended: entries are ordered by time, then node, then place in its chain. */
export interface Place {
  readonly at: number;
  readonly node: string;
  readonly seq: number;
}

export const writeCursor = ({ at, node, seq }: Place): string =>
  Buffer.from(JSON.stringify([at, node, seq])).toString('base64url');

/** Throws {@link InvalidCursor}. */
export const readCursor = (cursor: string): Place => {
  const invalid = () =>
    new InvalidCursor('`after` is not one that a page gave; ask without it for the first page.');
  if (cursor.length > 256) throw invalid();
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw invalid();
  }
  if (!Array.isArray(value) || value.length !== 3) throw invalid();
  const [at, node, seq] = value;
  if (!Number.isSafeInteger(at) || !isNode(node) || !Number.isSafeInteger(seq)) throw invalid();
  return { at, node, seq };
};

/** As a node may be named. PostgreSQL takes no NUL in a text. */
const isNode = (value: unknown): value is string =>
  typeof value === 'string' && /^[a-z0-9][-a-z0-9.]{0,62}$/.test(value);
