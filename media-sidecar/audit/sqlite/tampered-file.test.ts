import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attempt, end, scratch, start, written } from '../audit.fixture.ts';
import type { ChainRow } from '../chain/chain-row.ts';
import { SqliteReader } from './sqlite-reader.ts';

const rowsOf = async (file: string): Promise<string> => {
  const reader = new SqliteReader(file);
  const rows: ChainRow[] = [];
  try {
    for await (const row of reader.rows()) rows.push(row);
    return JSON.stringify(rows);
  } finally {
    await reader.close();
  }
};

it('a bit of the file that is turned is found, or SQLite cannot read the file, or no row is any different', async () => {
  using place = scratch();
  written(
    place.file,
    ['a', 'b', 'c', 'd'].flatMap((id) => [attempt(id), start(id), end(id)]),
  );
  const whole = readFileSync(place.file);
  const rows = await rowsOf(place.file);
  const { head } = (await new SqliteReader(place.file).verify()).chains[0] ?? expect.fail();
  const outcomes = { found: 0, unreadable: 0, unchanged: 0 };
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      writeFileSync(place.file, bytes);
      const outcome = await new SqliteReader(place.file).verify([{ node: 'media-1', ...head }]).then(
        ({ flawCount }) => (flawCount > 0 ? 'found' : 'unchanged'),
        () => 'unreadable' as const,
      );
      outcomes[outcome] += 1;
      if (outcome === 'unchanged') expect(await rowsOf(place.file)).toBe(rows);
    }),
    { numRuns: 1_000 },
  );
  expect(outcomes.found).toBeGreaterThan(50);
}, 60_000);
