import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { AuditReader, AuditWriter } from './audit-store.ts';
import { PostgresReader } from './postgres/postgres-reader.ts';
import { postgresWriter } from './postgres/postgres-writer.ts';
import { RecordKeeper } from './record-keeper.ts';
import { sqliteReader, sqliteWriter } from './sqlite/sqlite-store.ts';

export interface Audit {
  readonly keeper: RecordKeeper;
  readonly writer: AuditWriter;
  readonly reader: AuditReader;
}

/** Without a store by then the node starts all the same; it refuses listening until there is one. */
const openWithinMs = 2_000;

/** Opens the store of this node's records. */
export const openAudit = async (
  { audit, node }: Pick<Config, 'audit' | 'node'>,
  metrics: Pick<Metrics, 'auditWrite'>,
  log: Logger,
): Promise<Audit> => {
  const rowsLost = () =>
    log.error('audit records that were written are gone from the store; the chain goes on over the gap');
  const writer =
    'sqlite' in audit
      ? sqliteWriter(audit.sqlite, node, rowsLost)
      : postgresWriter(audit.postgres.url, node, rowsLost);
  const reader = 'sqlite' in audit ? sqliteReader(audit.sqlite) : new PostgresReader(audit.postgres.url);
  const onWritten = (ms: number) => metrics.auditWrite.observe(ms / 1000);
  const keeper = new RecordKeeper({ writer, log, onWritten });
  await Promise.race([keeper.look(), delay(openWithinMs, undefined, { ref: false })]);
  return { keeper, writer, reader };
};
