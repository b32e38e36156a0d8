import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, noon, scratch, written } from '../../audit/audit.fixture.ts';
import type { AuditEntry } from '../../audit/audit-store.ts';
import { SqliteReader } from '../../audit/sqlite/sqlite-reader.ts';
import { findAttempts } from './find-attempts.ts';
import type { AttemptView } from './views/attempt-view.ts';

let place: ReturnType<typeof scratch>;
let reader: SqliteReader;
beforeEach(() => {
  place = scratch();
  reader = new SqliteReader(place.file);
});
afterEach(async () => {
  await reader.close();
  place[Symbol.dispose]();
});

const ids = (count: number) => Array.from({ length: count }, (_, n) => String(n));
/** Three at each moment. */
const write = (count: number) =>
  written(
    place.file,
    ids(count).map((id) =>
      attempt(id, { at: new Date(Date.parse(noon) + Math.floor(+id / 3)).toISOString() }),
    ),
  );
const show = ({ attempt: { id } }: AuditEntry) => ({ id }) as AttemptView;

/** Goes through all pages; each is one request. */
const all = async (limit: number, fits?: (id: string) => boolean) => {
  const pages: string[][] = [];
  let asked = 0;
  let after: string | undefined;
  do {
    const found = await findAttempts({
      page: (query) => {
        asked += 1;
        return reader.page(query);
      },
      query: { company: 'acme/acme', limit, after },
      show,
      fits: fits && (({ id }) => fits(id)),
    });
    pages.push(found.attempts.map(({ id }) => id));
    after = found.next ?? undefined;
  } while (after !== undefined);
  return { pages, asked };
};

describe('pages of attempts', () => {
  it('hold each one that fits, once, newest first, whatever the length of a page', async () => {
    write(230);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 10, max: 200 }),
        fc.integer({ min: 1, max: 200 }),
        async (limit, nth) => {
          const fits = (id: string) => +id % nth === 0;
          const { pages } = await all(limit, fits);
          expect(pages.flat()).toEqual(ids(230).filter(fits).toReversed());
          for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('are as long as asked for where nothing is filtered out', async () => {
    write(7);
    expect((await all(3)).pages).toEqual([['6', '5', '4'], ['3', '2', '1'], ['0']]);
    expect((await all(7)).pages).toHaveLength(1);
  });

  it('are looked for among 2,000 records at a time, and go on where that ended', async () => {
    write(4_100);
    const { pages, asked } = await all(50, (id) => id === '0');
    expect([pages, asked]).toEqual([[[], [], ['0']], 21]);
  });
});
