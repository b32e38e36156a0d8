import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, end, noon, scratch, start, written } from '../audit.fixture.ts';
import type { AuditQuery } from '../audit-store.ts';
import { SqliteReader } from './sqlite-reader.ts';
import { sqliteReader } from './sqlite-store.ts';

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

const minute = (n: number) => new Date(Date.parse(noon) + n * 60_000).toISOString();
const user = (name: string | null) => ({ user: name, number: '+46846500400' });
const cursorOf = (place: readonly unknown[]) => Buffer.from(JSON.stringify(place)).toString('base64url');
const ids = async (query: Partial<AuditQuery>) =>
  (await reader.page({ company: 'acme/acme', limit: 50, ...query })).entries.map(({ attempt: { id } }) => id);

describe('reading records', () => {
  beforeEach(() => {
    written(place.file, [
      attempt('karin-anna', { at: minute(0) }),
      start('karin-anna', { at: minute(0) }),
      attempt('sven-anna', { at: minute(1), listener: user('sven'), reason: 'ProfileForbids' }),
      attempt('anna-karin', { at: minute(2), listener: user('anna'), target: user('karin') }),
      attempt('nobody', { at: minute(3), listener: user(null), company: null }),
      attempt('maja', { at: minute(4), listener: user('karin'), company: 'beta/beta' }),
      end('karin-anna', { at: minute(5) }),
      attempt('karin-karin', { at: minute(6), target: user('karin'), reason: 'TargetIsListener' }),
    ]);
  });

  it.each<readonly [string, Partial<AuditQuery>, readonly string[]]>([
    ['a company', {}, ['karin-karin', 'anna-karin', 'sven-anna', 'karin-anna']],
    ['another company', { company: 'beta/beta' }, ['maja']],
    ['a company nobody knows', { company: 'x/x' }, []],
    ['a listener', { listener: 'karin' }, ['karin-karin', 'karin-anna']],
    ['a target', { target: 'anna' }, ['sven-anna', 'karin-anna']],
    ['a listener and a target', { listener: 'sven', target: 'anna' }, ['sven-anna']],
    ['whoever was either', { involving: 'karin' }, ['karin-karin', 'anna-karin', 'karin-anna']],
    ['whoever listened, or was heard', { own: 'karin' }, ['karin-karin', 'karin-anna']],
    ['whoever was heard', { own: 'anna' }, ['anna-karin', 'karin-anna']],
    ['a target that was heard', { target: 'anna', heard: true }, ['karin-anna']],
    ['a time', { from: Date.parse(minute(1)), until: Date.parse(minute(2)) }, ['sven-anna']],
    ['somebody in SQL', { listener: "' OR 1=1 --" }, []],
  ])('of %s, newest first', async (_, query, found) => {
    expect(await ids(query)).toEqual(found);
  });

  it('brings what came of an attempt along', async () => {
    const [entry] = (
      await reader.page({ company: 'acme/acme', listener: 'karin', until: Date.parse(minute(1)), limit: 1 })
    ).entries;
    expect(entry).toMatchObject({
      node: 'media-1',
      seq: 1,
      start: { soundMs: 240 },
      end: { reason: 'CallEnded' },
    });
  });

  it('tells which were admitted and have no end, and whether they were heard', async () => {
    expect(await reader.unended('media-1')).toMatchObject([
      { id: 'anna-karin', company: 'acme/acme', startedAt: null },
      { id: 'nobody', company: null },
      { id: 'maja' },
    ]);
    expect(await reader.unended('media-2')).toEqual([]);
  });
});

describe('pages', () => {
  beforeEach(() => {
    const two = ['karin', 'sven', 'anna'];
    written(
      place.file,
      Array.from({ length: 500 }, (_, n) =>
        attempt(`${n}`, {
          at: minute(Math.floor(n / 3)),
          listener: user(two[n % 3] ?? null),
          target: user(two[(n + 1) % 3] ?? null),
        }),
      ),
    );
  });

  it.each<readonly [string, Partial<AuditQuery>, number]>([
    ['all', {}, 500],
    ['involving one', { involving: 'anna' }, 333],
  ])('%s: each entry on one of them, once', async (_, query, count) => {
    const seen: number[] = [];
    let after: string | undefined;
    do {
      const page = await reader.page({ company: 'acme/acme', limit: 7, after, ...query });
      expect(page.entries.length).toBeLessThanOrEqual(7);
      seen.push(...page.entries.map(({ seq }) => seq));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
    expect(new Set(seen).size).toBe(count);
  });

  it('are never longer than 200', async () => {
    expect((await reader.page({ company: 'acme/acme', limit: 1e9 })).entries).toHaveLength(200);
  });

  it.each(['', 'x', 'bnVsbA', 'W10', cursorOf([1, 2, 3]), cursorOf([1, 'a\0', 3]), 'a'.repeat(10_000)])(
    'refuse a cursor that no page gave: %.20s',
    async (after) => {
      await expect(reader.page({ company: 'acme/acme', limit: 1, after })).rejects.toMatchObject({
        reason: 'InvalidCursor',
      });
      const apart = sqliteReader(place.file);
      await expect(apart.page({ company: 'acme/acme', limit: 1, after })).rejects.toMatchObject({
        reason: 'InvalidCursor',
      });
      await apart.close();
    },
  );
});

it('says that there is no store, or that it is none', async () => {
  await expect(reader.page({ company: 'a', limit: 1 })).rejects.toThrow(/ENOENT/);
});
