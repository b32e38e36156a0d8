import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, end, scratch, start } from './audit.fixture.ts';
import { verifyChains } from './chain/verify-chains.ts';
import { type ExportedRow, isWithheld } from './chain/withheld-rows.ts';
import { exportLine, importLine } from './export-lines.ts';
import { exportedRows } from './exported-rows.ts';
import { SqliteReader } from './sqlite/sqlite-reader.ts';
import { SqliteWriter } from './sqlite/sqlite-writer.ts';

const beta = { company: 'beta/beta', listener: { user: 'maja', number: '+46855500101' } };

let place: ReturnType<typeof scratch>;
let reader: SqliteReader;
beforeEach(() => {
  place = scratch();
  reader = new SqliteReader(place.file);
  const writer = new SqliteWriter(place.file, 'media-1');
  writer.append([attempt('a'), start('a'), attempt('b', beta), attempt('c', beta), end('a'), attempt('d')]);
  // more than are read at once, and others' at the end
  writer.append(Array.from({ length: 600 }, (_, n) => attempt(`e${n}`)));
  writer.append([attempt('f', beta)]);
  writer.close();
  const second = new SqliteWriter(place.file, 'media-2');
  second.append([attempt('g', beta), attempt('h')]);
  second.close();
});
afterEach(() => place[Symbol.dispose]());

const linesOf = async (rows: AsyncIterable<ExportedRow>): Promise<readonly string[]> => {
  const lines: string[] = [];
  for await (const row of rows) lines.push(exportLine(row));
  return lines;
};
const verified = async (lines: readonly string[]) => {
  const rows = lines.map((line) => importLine(line) ?? expect.fail(`no line of an export: ${line}`));
  const { chains, flaws } = await verifyChains(() => rows);
  return { chains, flaws: flaws.map(({ kind, node, seq }) => `${kind} ${node} ${seq}`) };
};
/** Every export there is of these records. */
const exports = [
  ['of all companies', () => reader.rows()],
  ['of one company', () => exportedRows(reader, 'acme/acme')],
] as const;

describe.each(exports)('an export %s', (_, read) => {
  it('is whole', async () => {
    expect((await verified(await linesOf(read()))).flaws).toEqual([]);
  });

  it('shows that a line was changed, removed, repeated or moved', async () => {
    const lines = await linesOf(read());
    for (const n of [0, 1, 3, 300, lines.length - 2]) {
      const line = lines[n] ?? expect.fail();
      const { node, seq } = importLine(line) ?? expect.fail();
      const found = async (...tampered: readonly string[]) => (await verified(tampered)).flaws;
      if (!isWithheld(importLine(line) ?? expect.fail())) {
        const changed = line.replace('T12:00:00', 'T12:00:01');
        expect(await found(...lines.with(n, changed))).toContain(`changed ${node} ${seq}`);
      }
      expect(await found(...lines.toSpliced(n, 1))).toContain(`removed ${node} ${seq}`);
      expect(await found(...lines.toSpliced(n, 0, line))).toContain(`unlinked ${node} ${seq}`);
      const [after = ''] = lines.slice(n + 1);
      expect(await found(...lines.toSpliced(n, 2, after, line))).not.toEqual([]);
    }
  });
});

describe('an export of one company', () => {
  it('has all of its rows, of others nothing but how many came before, and nothing of those that came after', async () => {
    const lines = await linesOf(exportedRows(reader, 'acme/acme'));
    expect(lines.filter((line) => /beta|maja/.test(line))).toEqual([]);
    expect((await verified(lines)).chains).toMatchObject([
      { node: 'media-1', rows: 606, withheld: 2, head: { seq: 606 } },
      { node: 'media-2', rows: 2, withheld: 1, head: { seq: 2 } },
    ]);
    const others = await linesOf(exportedRows(reader, 'beta/beta'));
    expect(others.filter((line) => line.includes('acme'))).toEqual([]);
  });

  it('is empty for a company of which there is no record, whoever else has some', async () => {
    expect(await linesOf(exportedRows(reader, 'gamma/gamma'))).toEqual([]);
  });

  it('keeps its proof of what retention erased', async () => {
    const writer = new SqliteWriter(place.file, 'media-1');
    const before = '2026-12-01T00:00:00.000Z';
    writer.erase({ record: 'erasure', id: 'x', at: before, company: 'acme/acme', before }, 365);
    writer.close();
    const lines = await linesOf(exportedRows(reader, 'acme/acme'));
    const { chains, flaws } = await verified(lines);
    expect([flaws, chains[0]?.erased]).toEqual([[], 500]);
    // without the record of the erasure they were emptied by somebody
    expect((await verified(lines.filter((line) => !line.includes('"erasure"')))).flaws).toContain(
      'erased media-1 1',
    );
  });
});

it.each([
  ['white space', (line: string) => line.replace(':', ': ')],
  ['a name twice', (line: string) => line.replace('"seq":1', '"seq":2,"seq":1')],
  ['another order', (line: string) => line.replace(/("node":"media-1"),("seq":1)/, '$2,$1')],
  ['something more', (line: string) => line.replace('}', ',"more":1}')],
  ['something less', (line: string) => line.replace('"id":"a",', '')],
  ['half of it', (line: string) => line.slice(0, 60)],
])('a line with %s is none of an export', async (_, spoil) => {
  const [line = ''] = await linesOf(reader.rows());
  expect(importLine(line)).toBeDefined();
  expect(spoil(line)).not.toBe(line);
  expect(importLine(spoil(line))).toBeUndefined();
});
