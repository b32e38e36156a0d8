import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attempt, end, noon, start } from '../audit.fixture.ts';
import type { ChainedRecord } from '../audit-log.ts';
import { exportLine, importLine } from '../export-lines.ts';
import { type ChainHead, type ChainRow, chainRow, hashOf, noHead } from './chain-row.ts';
import { verifyChains } from './verify-chains.ts';
import { isWithheld } from './withheld-rows.ts';

const chained = (records: readonly ChainedRecord[], node = 'media-1'): ChainRow[] => {
  const rows: ChainRow[] = [];
  let head: ChainHead = noHead;
  for (const record of records) {
    const row = chainRow(node, head, record);
    rows.push(row);
    head = row;
  }
  return rows;
};
const listens = ['a', 'b', 'c'].flatMap((id) => [attempt(id), start(id), end(id)]);
const flaws = async (rows: readonly ChainRow[], published: Parameters<typeof verifyChains>[1] = []) =>
  (await verifyChains(() => rows, published)).flaws.map(
    ({ kind, seq, through }) => `${kind} ${seq}-${through}`,
  );
/** The rows with these changes of the one at `seq`. */
const changed = (rows: readonly ChainRow[], seq: number, change: Partial<ChainRow>): readonly ChainRow[] =>
  rows.map((row) => (row.seq === seq ? { ...row, ...change } : row));
const forged = (row: ChainRow, change: Partial<ChainRow>): ChainRow => {
  const envelope = { ...row, ...change };
  return { ...envelope, hash: hashOf(envelope) };
};

describe('verifying chains', () => {
  it('finds nothing in what was written, and says where each chain ends', async () => {
    const [one, two] = [chained(listens), chained(listens.slice(0, 2), 'media-2')];
    expect(await verifyChains(() => [...one, ...two])).toEqual({
      chains: [
        { node: 'media-1', rows: 9, erased: 0, withheld: 0, head: { seq: 9, hash: one.at(-1)?.hash } },
        { node: 'media-2', rows: 2, erased: 0, withheld: 0, head: { seq: 2, hash: two.at(-1)?.hash } },
      ],
      flaws: [],
      flawCount: 0,
    });
  });

  const rows = chained(listens);
  const published = [{ node: 'media-1', seq: 9, hash: rows.at(-1)?.hash ?? '' }];
  const fourth = rows[3] ?? expect.fail();
  it.each<readonly [string, readonly ChainRow[], readonly string[]]>([
    ['a changed content', changed(rows, 4, { content: '{}' }), ['changed 4-4']],
    ['a changed company', changed(rows, 4, { company: 'beta/beta' }), ['changed 4-4']],
    ['a content and its digest', changed(rows, 4, { content: '{}', digest: '00' }), ['changed 4-4']],
    [
      'a row hashed anew',
      [...rows.slice(0, 3), forged(fourth, { at: 1 }), ...rows.slice(4)],
      ['unlinked 5-5'],
    ],
    ['a removed row', rows.filter(({ seq }) => seq !== 4), ['removed 4-4']],
    ['removed rows at the beginning', rows.slice(4), ['removed 1-4']],
    ['an erased content', changed(rows, 4, { salt: null, content: null }), ['erased 4-4']],
    ['a removed salt', changed(rows, 4, { salt: null }), ['changed 4-4']],
  ])('finds %s, and where', async (_, tampered, found) => {
    expect(await flaws(tampered)).toEqual(found);
    expect(await flaws(tampered, published)).toEqual(found);
  });

  it('finds two rows that changed places', async () => {
    const swapped = rows.map((row) =>
      row.seq === 4 ? { ...row, seq: 5 } : row.seq === 5 ? { ...row, seq: 4 } : row,
    );
    expect(await flaws(swapped.sort((a, b) => a.seq - b.seq))).toContain('changed 4-4');
  });

  it('finds that the last rows are gone, or all was written anew, by a head that was published', async () => {
    expect(await flaws(rows.slice(0, 7))).toEqual([]);
    expect(await flaws(rows.slice(0, 7), published)).toEqual(['removed 8-9']);
    expect(await flaws([], published)).toEqual(['removed 1-9']);
    expect(await flaws(chained(listens), published)).toEqual(['rewritten 9-9']);
  });

  it('takes an erased content only where a record of its erasure speaks of it', async () => {
    const erasure = (before: string, company = 'acme/acme') =>
      ({ record: 'erasure', id: 'e', at: noon, company, before }) as const;
    const emptied = (last: ChainedRecord) =>
      changed(chained([attempt('a', { at: '2026-01-01T00:00:00Z' }), attempt('b'), last]), 1, {
        salt: null,
        content: null,
      });
    expect(await flaws(emptied(erasure('2026-06-01T00:00:00Z')))).toEqual([]);
    expect(await flaws(emptied(erasure('2025-06-01T00:00:00Z')))).toEqual(['erased 1-1']);
    expect(await flaws(emptied(erasure('2026-06-01T00:00:00Z', 'beta/beta')))).toEqual(['erased 1-1']);
    const forgedErasure = changed(emptied(attempt('c')), 3, { kind: 'erasure' });
    expect(await flaws(forgedErasure)).toEqual(['erased 1-1', 'changed 3-3']);
  });

  it('shows a hundred flaws and counts them all', async () => {
    const many = chained(Array.from({ length: 300 }, (_, n) => attempt(`${n}`))).map((row) => ({
      ...row,
      at: 1,
    }));
    const { flaws: shown, flawCount } = await verifyChains(() => many);
    expect([shown.length, flawCount]).toEqual([100, 300]);
  });
});

describe('whatever is done to the rows', () => {
  const field = fc.constantFrom<keyof ChainRow>(
    'node',
    'seq',
    'at',
    'kind',
    'id',
    'company',
    'retentionDays',
    'digest',
    'prev',
    'hash',
    'salt',
    'content',
  );
  const at = fc.nat({ max: listens.length - 1 });
  const tampering = fc.oneof(
    fc.record({
      act: fc.constant('change' as const),
      at,
      field,
      value: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    }),
    fc.record({ act: fc.constant('flip' as const), at, byte: fc.nat(), bit: fc.nat({ max: 7 }) }),
    fc.record({ act: fc.constant('remove' as const), at }),
    fc.record({ act: fc.constant('swap' as const), at, with: at }),
    fc.record({ act: fc.constant('repeat' as const), at, again: at }),
    fc.record({ act: fc.constant('cut' as const), at }),
  );
  type Tampering = typeof tampering extends fc.Arbitrary<infer T> ? T : never;

  const tamper = (rows: readonly ChainRow[], how: Tampering): readonly ChainRow[] => {
    const row = rows[how.at];
    if (!row) return rows;
    switch (how.act) {
      case 'change':
        return rows.with(how.at, { ...row, [how.field]: how.value });
      case 'flip': {
        const bytes = Buffer.from(exportLine(row));
        const place = how.byte % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << how.bit);
        const imported = importLine(bytes.toString());
        // no line of an export any more: whoever reads it says so
        return imported && !isWithheld(imported) ? rows.with(how.at, imported) : rows;
      }
      case 'remove':
        return rows.toSpliced(how.at, 1);
      case 'swap':
        return rows.map((other, n) =>
          n === how.at ? (rows[how.with] ?? row) : n === how.with ? row : other,
        );
      case 'repeat':
        return rows.toSpliced(how.again, 0, row);
      case 'cut':
        return rows.slice(0, how.at);
    }
  };

  it('it is found, unless it left them as they were', async () => {
    const rows = chained(listens);
    const { hash, seq } = rows.at(-1) ?? expect.fail();
    await fc.assert(
      fc.asyncProperty(fc.array(tampering, { minLength: 1, maxLength: 3 }), async (acts) => {
        const tampered = acts.reduce<readonly ChainRow[]>(tamper, rows);
        fc.pre(JSON.stringify(tampered) !== JSON.stringify(rows));
        const { flawCount } = await verifyChains(() => tampered, [{ node: 'media-1', seq, hash }]);
        expect(flawCount).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
