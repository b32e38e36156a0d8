import { startPostgres } from '@medlyssning/tools/real/postgres.ts';
import { expect, it } from 'vitest';
import { expectWholeWhenKilled } from '../killed.fixture.ts';
import { PostgresReader } from './postgres-reader.ts';
import { postgresWriter } from './postgres-writer.ts';

it('a process killed while it writes to PostgreSQL: what it said was written is there, the chain is whole, and no listen stays open', async () => {
  await using server = await startPostgres();
  const store = {
    place: server.url,
    writer: () => postgresWriter(server.url, 'media-1', expect.fail),
    reader: new PostgresReader(server.url),
  };
  await expectWholeWhenKilled(store, [1, 2, 5, 20, 61]);
}, 600_000);
