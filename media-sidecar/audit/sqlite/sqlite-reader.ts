import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AuditEntry, AuditPage, AuditQuery, AuditReader, Kept, Unended } from '../audit-store.ts';
import type { ChainRow } from '../chain/chain-row.ts';
import { type PublishedHead, type Verification, verifyChains } from '../chain/verify-chains.ts';
import { beforeAll, type ChainPlace } from '../chain/withheld-rows.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { type AttemptRow, entryOf, type LaterRow } from '../entry-of.ts';
import { openForReading } from './schema.ts';

const columns = `node, seq, at, kind, id, company, retention_days AS retentionDays, digest, prev, hash, salt, content`;
const people = {
  listener: "json_extract(content, '$.listener.user') = ?",
  target: "json_extract(content, '$.target.user') = ?",
};
/** Audio flowed: there is a record of its start. */
const wasHeard =
  "EXISTS (SELECT 1 FROM rows s WHERE s.node = rows.node AND s.id = rows.id AND s.kind = 'start')";
const rowsAtOnce = 500;
const pageAtMost = 200;

/**
 * Reads the records of a SQLite file, in this thread, also while a sidecar writes to it. Each question opens the file anew: of one that was opened
 * while nothing could be written, SQLite lets nobody else in the process write either, for as long as it is open.
 */
export class SqliteReader implements AuditReader {
  readonly #file: string;
  #db: DatabaseSync | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async page(query: AuditQuery): Promise<AuditPage> {
    return this.#asking(() => this.#page(query));
  }

  #page(query: AuditQuery): AuditPage {
    const { own, involving = own } = query;
    const limit = Math.min(Math.max(query.limit, 1), pageAtMost);
    const found =
      involving === undefined
        ? this.#attempts(query, [])
        : [
            ...this.#attempts(query, [[people.listener, involving]]),
            ...this.#attempts(query, [
              [people.target, involving],
              ...(own === undefined ? [] : [[wasHeard] as const]),
            ]),
          ].sort((a, b) => b.at - a.at || (a.node < b.node ? 1 : a.node > b.node ? -1 : b.seq - a.seq));
    const once = found.filter(({ node, seq }, n) => found[n - 1]?.node !== node || found[n - 1]?.seq !== seq);
    const shown = once.slice(0, limit);
    const last = shown.at(-1);
    return {
      entries: shown.map((row) => this.#entry(row)),
      next: once.length > limit && last ? writeCursor(last) : null,
    };
  }

  async unended(node: string): Promise<readonly Unended[]> {
    return this.#ask<Unended>(
      `SELECT a.id, a.company, a.retention_days AS retentionDays, json_extract(s.content, '$.at') AS startedAt FROM rows a
       LEFT JOIN rows s ON s.node = a.node AND s.id = a.id AND s.kind = 'start'
       WHERE a.node = ? AND a.kind = 'attempt' AND json_extract(a.content, '$.reason') = 'Allowed'
       AND NOT EXISTS (SELECT 1 FROM rows e WHERE e.node = a.node AND e.id = a.id AND e.kind = 'end') ORDER BY a.seq`,
      [node],
    );
  }

  async kept(): Promise<readonly Kept[]> {
    return this.#ask<Kept>(
      `SELECT company, retention_days AS retentionDays, min(at) AS oldest FROM rows
       WHERE content IS NOT NULL AND kind <> 'erasure' GROUP BY company, retention_days`,
      [],
    );
  }

  async *rows(): AsyncIterable<ChainRow> {
    let after: ChainPlace = beforeAll;
    for (;;) {
      const rows = this.rowsAfter(after);
      yield* rows;
      const last = rows.at(-1);
      if (!last) return;
      after = last;
    }
  }

  /** Some of the rows that follow this one; none: it was the last. */
  rowsAfter({ node, seq }: ChainPlace): readonly ChainRow[] {
    return this.#ask<ChainRow>(
      `SELECT ${columns} FROM rows WHERE (node, seq) > (?, ?) ORDER BY node, seq LIMIT ${rowsAtOnce}`,
      [node, seq],
    );
  }

  async companyRows(company: string, { node, seq }: ChainPlace): Promise<readonly ChainRow[]> {
    return this.#ask<ChainRow>(
      `SELECT ${columns} FROM rows WHERE company = ? AND (node, seq) > (?, ?) ORDER BY node, seq LIMIT ${rowsAtOnce}`,
      [company, node, seq],
    );
  }

  async verify(published: readonly PublishedHead[] = []): Promise<Verification> {
    const db = openForReading(this.#file);
    try {
      db.exec('BEGIN');
      const all = db.prepare(`SELECT ${columns} FROM rows ORDER BY node, seq`);
      return await verifyChains(() => all.iterate() as Iterable<unknown> as Iterable<ChainRow>, published);
    } finally {
      db.close();
    }
  }

  async close(): Promise<void> {}

  /** Runs what asks once or more, on one opening of the file. */
  #asking<T>(run: () => T): T {
    try {
      return run();
    } finally {
      this.#db?.close();
      this.#db = undefined;
    }
  }

  #ask<T>(sql: string, values: readonly SQLInputValue[]): readonly T[] {
    return this.#asking(() => this.#all<T>(sql, values));
  }

  #all<T>(sql: string, values: readonly SQLInputValue[]): readonly T[] {
    this.#db ??= openForReading(this.#file);
    return this.#db.prepare(sql).all(...values) as T[];
  }

  /** One more than asked for, so that it shows whether there are more. */
  #attempts(query: AuditQuery, more: readonly Part[]): readonly AttemptRow[] {
    const { company, listener, target, heard, from, until, after, limit } = query;
    const place = after === undefined ? undefined : readCursor(after);
    const parts: readonly Part[] = [
      ['company = ?', company],
      ...more,
      ...(heard ? [[wasHeard] as const] : []),
      ...(listener === undefined ? [] : [[people.listener, listener] as const]),
      ...(target === undefined ? [] : [[people.target, target] as const]),
      ...(from === undefined ? [] : [['at >= ?', from] as const]),
      ...(until === undefined ? [] : [['at < ?', until] as const]),
      ...(place ? [['(at, node, seq) < (?, ?, ?)', place.at, place.node, place.seq] as const] : []),
    ];
    return this.#all<AttemptRow>(
      `SELECT at, node, seq, id, content FROM rows WHERE kind = 'attempt' AND content IS NOT NULL AND
       ${parts.map(([sql]) => sql).join(' AND ')} ORDER BY at DESC, node DESC, seq DESC LIMIT ?`,
      [...parts.flatMap(([, ...values]) => values), Math.min(Math.max(limit, 1), pageAtMost) + 1],
    );
  }

  #entry(row: AttemptRow): AuditEntry {
    const later = this.#all<LaterRow>(
      `SELECT kind, content FROM rows WHERE node = ? AND id = ? AND kind IN ('start', 'end') AND content IS NOT NULL`,
      [row.node, row.id],
    );
    return entryOf(row, later);
  }
}

/** A condition, and what its question marks stand for. */
type Part = readonly [string, ...SQLInputValue[]];
