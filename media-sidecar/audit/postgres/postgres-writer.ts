import type { Client } from 'pg';
import type { ChainedRecord } from '../audit-log.ts';
import { AuditStoreError, type AuditWriter } from '../audit-store.ts';
import { type ChainHead, chainRow, noHead, valuesOf } from '../chain/chain-row.ts';
import { at, lacksRows, moved, opened, type Position } from '../chain/position.ts';
import { Connection } from './connection.ts';
import { ensureSchema } from './schema.ts';

const erasedAtOnce = 500;

/**
 * The chain of NODE in a PostgreSQL database that many nodes may share. `append` resolves when the server has the commit on its disk
 * (`synchronous_commit`), and where it is set up so, on that of its standby.
 * @param onRowsLost rows up to the head that is known are gone from the database; told at each write until the chain has gone on
 * @param known the head, where it was published elsewhere
 */
export const postgresWriter = (
  url: string,
  node: string,
  onRowsLost: () => void,
  known: ChainHead = noHead,
): AuditWriter => {
  let position: Position | undefined;
  const connection = new Connection(url, { connectMs: 2_000, queryMs: 5_000 }, async (client) => {
    await client.query("SET synchronous_commit = on; SET lock_timeout = '2s'");
    await ensureSchema(client);
    position = undefined;
  });

  const transaction = <T>(
    run: (client: Client, head: ChainHead) => Promise<{ readonly head: ChainHead; readonly result: T }>,
  ): Promise<T> =>
    connection.use(async (client) => {
      // the writers of one node wait for each other; those of other nodes do not
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))', [
        'medlyssning_audit',
        node,
      ]);
      const end = await lastRow(client, node);
      const hasKnown = await has(client, node, known);
      const from = position ? moved(position, end, hasKnown) : opened(known, end, hasKnown);
      if (!from)
        throw new AuditStoreError(`rows up to ${known.seq} of node ${node} are not as they were written`);
      const done = await run(client, from.head);
      await client.query('COMMIT');
      if (lacksRows(from)) onRowsLost();
      position = done.head.seq > from.head.seq ? at(done.head) : from;
      known = position.head;
      return done.result;
    });

  return {
    append: (records) =>
      transaction(async (client, head) => {
        let last = head;
        for (const record of records) last = await insert(client, node, last, record);
        return { head: last, result: last };
      }),
    erase: (erasure, retentionDays) =>
      transaction(async (client, head) => {
        const last = await insert(client, node, head, erasure);
        const { rowCount } = await client.query(
          `UPDATE medlyssning_audit SET salt = NULL, content = NULL WHERE (node, seq) IN (SELECT node, seq
           FROM medlyssning_audit WHERE company IS NOT DISTINCT FROM $1 AND retention_days = $2 AND at < $3
           AND content IS NOT NULL AND kind <> 'erasure' LIMIT $4)`,
          [erasure.company, retentionDays, Date.parse(erasure.before), erasedAtOnce],
        );
        return { head: last, result: rowCount ?? 0 };
      }),
    close: () => connection.close(),
  };
};

const lastRow = async (client: Client, node: string): Promise<ChainHead> => {
  const { rows } = await client.query<ChainHead>(
    'SELECT seq, hash FROM medlyssning_audit WHERE node = $1 ORDER BY seq DESC LIMIT 1',
    [node],
  );
  return rows[0] ?? noHead;
};

const has = async (client: Client, node: string, { seq, hash }: ChainHead): Promise<boolean> => {
  if (seq === 0) return true;
  const { rows } = await client.query('SELECT hash FROM medlyssning_audit WHERE node = $1 AND seq = $2', [
    node,
    seq,
  ]);
  return rows[0]?.hash === hash;
};

const insert = async (
  client: Client,
  node: string,
  head: ChainHead,
  record: ChainedRecord,
): Promise<ChainHead> => {
  const row = chainRow(node, head, record);
  const { rowCount } = await client.query({
    name: 'append',
    text: `INSERT INTO medlyssning_audit VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (node, id, kind) DO NOTHING`,
    values: [...valuesOf(row)],
  });
  return rowCount === 0 ? head : { seq: row.seq, hash: row.hash };
};
