import type { DatabaseSync } from 'node:sqlite';
import type { ChainedRecord, ErasureRecord } from '../audit-log.ts';
import { AuditStoreError } from '../audit-store.ts';
import { type ChainHead, chainRow, noHead, valuesOf } from '../chain/chain-row.ts';
import { at, lacksRows, moved, opened, type Position } from '../chain/position.ts';
import { busyMs, fileIdentity, openForWriting } from './schema.ts';

/** At most this much of an erasure is done in one transaction, so that no record waits long for it. */
const erasedAtOnce = 500;
/** Pages in the WAL beyond which it is brought into the database. */
const walPages = 1_000;
const pageBytes = 4_096;

/**
 * One node's chain in a SQLite file. Every method is synchronous and throws what went wrong; then the store is to be closed and
 * opened anew with the head it had.
 */
export class SqliteWriter {
  readonly #file: string;
  readonly #identity: string;
  readonly #node: string;
  readonly #db: DatabaseSync;
  readonly #statements;
  #position: Position;
  /** Written since the last checkpoint. */
  #written = 0;

  /**
   * @param known the head as this process knows it; where the file does not have it, rows are missing, and the chain goes on from
   * here all the same, so that they are missed when it is verified.
   */
  constructor(file: string, node: string, known: ChainHead = noHead) {
    this.#file = file;
    this.#node = node;
    this.#db = openForWriting(file);
    this.#identity = fileIdentity(file);
    this.#statements = statements(this.#db);
    this.#position = opened(known, this.#lastRow(), this.#has(known));
  }

  get head(): ChainHead {
    return this.#position.head;
  }

  /** The rows up to the head are not all there. */
  get lacksRows(): boolean {
    return lacksRows(this.#position);
  }

  append(records: readonly ChainedRecord[]): ChainHead {
    return this.#transaction((head) => {
      let last = head;
      for (const record of records) last = this.#insert(last, record);
      return { head: last, result: last };
    });
  }

  erase(erasure: ErasureRecord, retentionDays: number): number {
    return this.#transaction((head) => {
      const { company, before } = erasure;
      const last = this.#insert(head, erasure);
      const { changes } = this.#statements.erase.run(
        company,
        retentionDays,
        Date.parse(before),
        erasedAtOnce,
      );
      return { head: last, result: Number(changes) };
    });
  }

  /** Brings what was written into the database itself, where enough was, or where erased content is to leave the WAL. */
  checkpoint(truncate = false): void {
    if (!truncate && this.#written < walPages * pageBytes) return;
    // a reader that is in the middle of it is not waited for: records are; the next checkpoint will do
    this.#db.exec(
      `PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(${truncate ? 'TRUNCATE' : 'PASSIVE'}); PRAGMA busy_timeout = ${busyMs}`,
    );
    this.#written = 0;
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #transaction<T>(run: (head: ChainHead) => { readonly head: ChainHead; readonly result: T }): T {
    if (fileIdentity(this.#file) !== this.#identity)
      throw new AuditStoreError(`${this.#file} is not the file that was written to`);
    this.#db.exec('BEGIN IMMEDIATE');
    let done: { readonly head: ChainHead; readonly result: T };
    let head: ChainHead;
    try {
      head = this.#checkedHead();
      done = run(head);
      this.#db.exec('COMMIT');
    } catch (error) {
      // a full disk may have rolled it back already
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
    if (done.head.seq > head.seq) this.#position = at(done.head);
    return done.result;
  }

  /** The head, if the file ends where it did, or goes on from there by another's hand. */
  #checkedHead(): ChainHead {
    const now = moved(this.#position, this.#lastRow(), this.#has(this.head));
    if (now) {
      this.#position = now;
      return now.head;
    }
    throw new AuditStoreError(
      `rows up to ${this.head.seq} of node ${this.#node} are not as they were written`,
    );
  }

  #has({ seq, hash }: ChainHead): boolean {
    return seq === 0 || this.#statements.hashAt.get(this.#node, seq)?.['hash'] === hash;
  }

  #lastRow(): ChainHead {
    const row = this.#statements.last.get(this.#node) as ChainHead | undefined;
    return row ? { seq: row.seq, hash: row.hash } : noHead;
  }

  #insert(head: ChainHead, record: ChainedRecord): ChainHead {
    if (this.#statements.exists.get(this.#node, record.id, record.record)) return head;
    const row = chainRow(this.#node, head, record);
    this.#statements.insert.run(...valuesOf(row));
    this.#written += 2 * (row.content?.length ?? 0);
    return { seq: row.seq, hash: row.hash };
  }
}

const statements = (db: DatabaseSync) => ({
  last: db.prepare('SELECT seq, hash FROM rows WHERE node = ? ORDER BY seq DESC LIMIT 1'),
  hashAt: db.prepare('SELECT hash FROM rows WHERE node = ? AND seq = ?'),
  exists: db.prepare('SELECT 1 FROM rows WHERE node = ? AND id = ? AND kind = ?'),
  insert: db.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'),
  erase: db.prepare(
    `UPDATE rows SET salt = NULL, content = NULL WHERE rowid IN (SELECT rowid FROM rows WHERE company IS ?
     AND retention_days = ? AND at < ? AND content IS NOT NULL AND kind <> 'erasure' LIMIT ?)`,
  ),
});
