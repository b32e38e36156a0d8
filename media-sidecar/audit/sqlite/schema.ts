import { closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AuditStoreError } from '../audit-store.ts';

const version = 1;
/** How long another process that writes to the same file is waited for. */
export const busyMs = 500;

/**
 * The indexes of `listener` and `target` are on the content itself: there is no second copy that could differ from what the chain
 * proves, and nothing of it is left once the content is erased.
 */
const schema = `
CREATE TABLE rows (
  node TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  company TEXT,
  retention_days INTEGER NOT NULL,
  digest TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  salt TEXT,
  content TEXT,
  PRIMARY KEY (node, seq)
) STRICT;
CREATE UNIQUE INDEX one_of_a_kind ON rows (node, id, kind);
CREATE INDEX by_company ON rows (company, at, node, seq) WHERE kind = 'attempt';
CREATE INDEX by_listener ON rows (company, json_extract(content, '$.listener.user'), at, node, seq) WHERE kind = 'attempt';
CREATE INDEX by_target ON rows (company, json_extract(content, '$.target.user'), at, node, seq) WHERE kind = 'attempt';
CREATE INDEX kept ON rows (company, retention_days, at) WHERE content IS NOT NULL AND kind <> 'erasure';
PRAGMA user_version = ${version};
`;

const versionOf = (db: DatabaseSync): unknown => db.prepare('PRAGMA user_version').get()?.['user_version'];

const checkVersion = (db: DatabaseSync, file: string): void => {
  const found = versionOf(db);
  if (found === version) return;
  db.close();
  throw new AuditStoreError(
    `${file} is not an audit store of this version (${String(found)}, not ${version}); name another file`,
  );
};

/** Opens FILE for writing, mode 0600, and makes it where it is not there. A commit is on stable storage (WAL, FULL). */
export const openForWriting = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true });
  closeSync(openSync(file, 'a', 0o600));
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
  const db = new DatabaseSync(file, { timeout: busyMs });
  try {
    // checkpoints are made between the writes, not within one that somebody waits for
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;
      PRAGMA secure_delete = ON;`);
    if (versionOf(db) === 0) db.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
    checkVersion(db, file);
    return db;
  } catch (error) {
    if (db.isOpen) db.close();
    throw error;
  }
};

export const openForReading = (file: string): DatabaseSync => {
  // of a file that is not there SQLite says no more than that it cannot be opened
  statSync(file);
  const db = new DatabaseSync(file, { readOnly: true, timeout: busyMs });
  checkVersion(db, file);
  return db;
};

/** Tells whether the file at a path is still the one that was opened: SQLite would go on writing to a removed one. */
export const fileIdentity = (file: string): string => {
  const { dev, ino } = statSync(file);
  return `${dev}:${ino}`;
};
