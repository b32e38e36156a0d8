import type { Config } from '../config/config.ts';
import type { AuditReader } from './audit-store.ts';
import { SqliteReader } from './sqlite/sqlite-reader.ts';

/** Reads the records of a sidecar's store from another process, also while the sidecar writes. For the CLI and tests. */
export const openAuditReader = ({ sqlite }: Config['audit']): AuditReader => new SqliteReader(sqlite);
