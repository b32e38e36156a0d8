import type { Client } from 'pg';
import type { AuditPage, AuditQuery, AuditReader, Kept, Unended } from '../audit-store.ts';
import type { ChainRow } from '../chain/chain-row.ts';
import { type PublishedHead, type Verification, verifyChains } from '../chain/verify-chains.ts';
import type { ChainPlace } from '../chain/withheld-rows.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { type AttemptRow, entryOf, type LaterRow } from '../entry-of.ts';
import { Connection } from './connection.ts';
import { ensureSchema } from './schema.ts';

const columns = `node, seq, at, kind, id, company, retention_days AS "retentionDays", digest, prev, hash, salt, content`;
const after = `(node, seq) > ($1, $2) ORDER BY node, seq LIMIT 500`;
const listenerIs = "medlyssning_audit_user(content, 'listener') =";
const targetIs = "medlyssning_audit_user(content, 'target') =";
/** Audio flowed: there is a record of its start. */
const wasHeard = `EXISTS (SELECT 1 FROM medlyssning_audit s WHERE s.node = a.node AND s.id = a.id AND s.kind = 'start')`;
const pageAtMost = 200;
const patience = { connectMs: 2_000, queryMs: 10_000 };

/** Reads the records of all nodes from a PostgreSQL database. */
export class PostgresReader implements AuditReader {
  readonly #url: string;
  readonly #onOpen: typeof ensureSchema;
  readonly #connection: Connection;

  /** @param onOpen makes sure of the table */
  constructor(url: string, onOpen: typeof ensureSchema = ensureSchema) {
    this.#url = url;
    this.#onOpen = onOpen;
    this.#connection = new Connection(url, patience, onOpen);
  }

  async page(query: AuditQuery): Promise<AuditPage> {
    const limit = Math.min(Math.max(query.limit, 1), pageAtMost);
    const { sql, values } = attempts(query, limit + 1);
    const rows = await this.#all<AttemptRow>(sql, values);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const later = await this.#all<LaterRow & Pick<AttemptRow, 'node' | 'id'>>(
      `SELECT node, id, kind, content FROM medlyssning_audit WHERE (node, id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
       AND kind IN ('start', 'end') AND content IS NOT NULL`,
      [shown.map(({ node }) => node), shown.map(({ id }) => id)],
    );
    return {
      entries: shown.map((row) =>
        entryOf(
          row,
          later.filter(({ node, id }) => node === row.node && id === row.id),
        ),
      ),
      next: rows.length > limit && last ? writeCursor(last) : null,
    };
  }

  unended(node: string): Promise<readonly Unended[]> {
    return this.#all<Unended>(
      `SELECT a.id, a.company, a.retention_days AS "retentionDays", s.content::json ->> 'at' AS "startedAt"
       FROM medlyssning_audit a LEFT JOIN medlyssning_audit s ON s.node = a.node AND s.id = a.id AND s.kind = 'start'
       WHERE a.node = $1 AND a.kind = 'attempt' AND a.content LIKE '%"reason":"Allowed"%'
       AND NOT EXISTS (SELECT 1 FROM medlyssning_audit e WHERE e.node = a.node AND e.id = a.id AND e.kind = 'end')
       ORDER BY a.seq`,
      [node],
    );
  }

  kept(): Promise<readonly Kept[]> {
    return this.#all<Kept>(
      `SELECT company, retention_days AS "retentionDays", min(at) AS oldest FROM medlyssning_audit
       WHERE content IS NOT NULL AND kind <> 'erasure' GROUP BY company, retention_days`,
      [],
    );
  }

  rows(): AsyncIterable<ChainRow> {
    return chunks((node, seq) =>
      this.#all<ChainRow>(`SELECT ${columns} FROM medlyssning_audit WHERE ${after}`, [node, seq]),
    );
  }

  companyRows(company: string, { node, seq }: ChainPlace): Promise<readonly ChainRow[]> {
    return this.#all<ChainRow>(`SELECT ${columns} FROM medlyssning_audit WHERE company = $3 AND ${after}`, [
      node,
      seq,
      company,
    ]);
  }

  async verify(published: readonly PublishedHead[] = []): Promise<Verification> {
    // of its own: the snapshot stays open for as long as it takes
    const connection = new Connection(this.#url, patience, this.#onOpen);
    try {
      return await connection.use(async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        return verifyChains(
          () =>
            chunks((node, seq) =>
              allOf<ChainRow>(client, `SELECT ${columns} FROM medlyssning_audit WHERE ${after}`, [node, seq]),
            ),
          published,
        );
      });
    } finally {
      await connection.close();
    }
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  #all<T extends object>(sql: string, values: readonly unknown[]): Promise<readonly T[]> {
    return this.#connection.use((client) => allOf<T>(client, sql, values));
  }
}

const allOf = async <T extends object>(
  client: Client,
  sql: string,
  values: readonly unknown[],
): Promise<readonly T[]> => (await client.query<T>(sql, [...values])).rows;

async function* chunks(
  next: (node: string, seq: number) => Promise<readonly ChainRow[]>,
): AsyncIterable<ChainRow> {
  let last: Pick<ChainRow, 'node' | 'seq'> | undefined = { node: '', seq: 0 };
  while (last) {
    const rows: readonly ChainRow[] = await next(last.node, last.seq);
    yield* rows;
    last = rows.at(-1);
  }
}

const attempts = (
  query: AuditQuery,
  limit: number,
): { readonly sql: string; readonly values: readonly unknown[] } => {
  const { company, own, involving, listener, target, heard, from, until } = query;
  const place = query.after === undefined ? undefined : readCursor(query.after);
  const values: unknown[] = [];
  const value = (of: unknown): string => `$${values.push(of)}`;
  const given = (what: string, of: unknown): readonly string[] =>
    of === undefined ? [] : [`${what} ${value(of)}`];
  const where = [
    "kind = 'attempt' AND content IS NOT NULL",
    ...given('company =', company),
    ...(involving === undefined
      ? []
      : [`(${listenerIs} ${value(involving)} OR ${targetIs} ${value(involving)})`]),
    ...(own === undefined
      ? []
      : [`(${listenerIs} ${value(own)} OR (${targetIs} ${value(own)} AND ${wasHeard}))`]),
    ...(heard ? [wasHeard] : []),
    ...given(listenerIs, listener),
    ...given(targetIs, target),
    ...given('at >=', from),
    ...given('at <', until),
    ...(place ? [`(at, node, seq) < (${value(place.at)}, ${value(place.node)}, ${value(place.seq)})`] : []),
  ];
  const sql = `SELECT at, node, seq, id, content FROM medlyssning_audit a WHERE ${where.join(' AND ')}
    ORDER BY at DESC, node DESC, seq DESC LIMIT ${value(limit)}`;
  return { sql, values };
};
