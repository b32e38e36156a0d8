import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { AuditReader, AuditWriter } from './audit-store.ts';
import { fromPublished, type PublishedHead } from './chain/published-chain.ts';
import { PostgresReader } from './postgres/postgres-reader.ts';
import { postgresWriter } from './postgres/postgres-writer.ts';
import { RecordKeeper } from './record-keeper.ts';
import { sqliteReader, sqliteWriter } from './sqlite/sqlite-store.ts';

export interface Audit {
  readonly keeper: RecordKeeper;
  readonly writer: AuditWriter;
  readonly reader: AuditReader;
  /** Rows that were written are gone from the store, as far as this process has seen. */
  readonly rowsMissing: () => boolean;
}

/** Without a store by then the node starts all the same; it refuses listening until there is one. */
const openWithinMs = 2_000;

/** Opens the store of this node's records. @param published where its chain ended when a sidecar of this node last said so */
export const openAudit = async (
  { audit, node }: Pick<Config, 'audit' | 'node'>,
  metrics: Pick<Metrics, 'auditWrite'>,
  log: Logger,
  published: PublishedHead,
): Promise<Audit> => {
  let missing = false;
  const rowsLost = () => {
    if (!missing)
      log.error('audit records that were written are gone from the store; the chain goes on over the gap');
    missing = true;
  };
  const writer = fromPublished(published, (known) =>
    'sqlite' in audit
      ? sqliteWriter(audit.sqlite, node, rowsLost, known)
      : postgresWriter(audit.postgres.url, node, rowsLost, known),
  );
  const reader = 'sqlite' in audit ? sqliteReader(audit.sqlite) : new PostgresReader(audit.postgres.url);
  const onWritten = (ms: number) => metrics.auditWrite.observe(ms / 1000);
  const keeper = new RecordKeeper({ writer, log, onWritten });
  await Promise.race([keeper.look(), delay(openWithinMs, undefined, { ref: false })]);
  return { keeper, writer, reader, rowsMissing: () => missing };
};
