import { expect, it } from 'vitest';
import { scratch } from './audit.fixture.ts';
import { expectWholeWhenKilled } from './killed.fixture.ts';
import { sqliteReader, sqliteWriter } from './sqlite/sqlite-store.ts';

it('a process killed while it writes: what it said was written is there, the chain is whole, and no listen stays open', async () => {
  using place = scratch();
  const store = {
    place: place.file,
    writer: () => sqliteWriter(place.file, 'media-1', expect.fail),
    reader: sqliteReader(place.file),
  };
  await expectWholeWhenKilled(store, [1, 2, 5, 20, 61, 200]);
}, 60_000);
