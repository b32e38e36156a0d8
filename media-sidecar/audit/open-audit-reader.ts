import type { Config } from '../config/config.ts';
import type { AuditReader } from './audit-store.ts';
import { PostgresReader } from './postgres/postgres-reader.ts';
import { openReadOnly } from './postgres/schema.ts';
import { SqliteReader } from './sqlite/sqlite-reader.ts';

/** Reads the records of a sidecar's store from another process, also while the sidecar writes. For the CLI and tests. */
export const openAuditReader = (audit: Config['audit']): AuditReader =>
  'sqlite' in audit ? new SqliteReader(audit.sqlite) : new PostgresReader(audit.postgres.url, openReadOnly);
