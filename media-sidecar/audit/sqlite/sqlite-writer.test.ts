import { rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, end, noon, scratch, start, written } from '../audit.fixture.ts';
import { SqliteReader } from './sqlite-reader.ts';
import { SqliteWriter } from './sqlite-writer.ts';

let place: ReturnType<typeof scratch>;
let file: string;
beforeEach(() => {
  place = scratch();
  file = place.file;
});
afterEach(() => place[Symbol.dispose]());

const verified = () => new SqliteReader(file).verify();

describe('a chain in SQLite', () => {
  it('is made where it is not there, in a file nobody else can read, and goes on when opened again', async () => {
    written(file, [attempt('a'), start('a')]);
    written(file, [end('a')]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await verified()).toMatchObject({
      flawCount: 0,
      chains: [{ node: 'media-1', rows: 3, head: { seq: 3 } }],
    });
  });

  it('writes a record once, however often it is tried', async () => {
    const writer = new SqliteWriter(file, 'media-1');
    const first = writer.append([attempt('a'), attempt('b')]);
    expect(writer.append([attempt('b'), attempt('a')])).toEqual(first);
    expect(writer.append([attempt('b'), end('b')]).seq).toBe(3);
    writer.close();
    expect(await verified()).toMatchObject({ flawCount: 0, chains: [{ rows: 3 }] });
  });

  it('writes all of what is handed over together, or none', async () => {
    const writer = new SqliteWriter(file, 'media-1');
    const head = writer.append([attempt('a')]);
    expect(() => writer.append([attempt('b'), attempt('c', { at: 'never' })])).toThrow(/NOT NULL/);
    expect(writer.append([])).toEqual(head);
    writer.close();
  });

  it('keeps several nodes in one file apart', async () => {
    written(file, [attempt('a')], 'media-1');
    written(file, [attempt('a'), end('a')], 'media-2');
    expect((await verified()).chains).toMatchObject([
      { node: 'media-1', rows: 1 },
      { node: 'media-2', rows: 2 },
    ]);
  });

  it('goes on behind what another process of the same node wrote', async () => {
    const [one, two] = [new SqliteWriter(file, 'media-1'), new SqliteWriter(file, 'media-1')];
    one.append([attempt('a')]);
    two.append([attempt('b')]);
    one.append([end('a')]);
    one.close();
    two.close();
    expect(await verified()).toMatchObject({ flawCount: 0, chains: [{ rows: 3 }] });
  });

  it('takes nothing where its last rows are gone, then goes on so that they are missed', async () => {
    const writer = new SqliteWriter(file, 'media-1');
    writer.append([attempt('a'), attempt('b'), attempt('c')]);
    const other = new DatabaseSync(file);
    other.exec('DELETE FROM rows WHERE seq > 1');
    other.close();
    expect(() => writer.append([attempt('d')])).toThrow(
      'rows up to 3 of node media-1 are not as they were written',
    );
    writer.close();
    const again = new SqliteWriter(file, 'media-1', writer.head);
    expect(again.append([])).toEqual(writer.head);
    expect(again.lacksRows).toBe(true);
    expect(again.append([attempt('d')]).seq).toBe(4);
    expect(again.lacksRows).toBe(false);
    again.close();
    expect((await verified()).flaws).toEqual([{ kind: 'removed', node: 'media-1', seq: 2, through: 3 }]);
  });

  it('does not write into a file that was removed', async () => {
    const writer = new SqliteWriter(file, 'media-1');
    writer.append([attempt('a'), attempt('b')]);
    rmSync(file);
    expect(() => writer.append([attempt('c')])).toThrow(/ENOENT/);
    writer.close();
    const again = new SqliteWriter(file, 'media-1', writer.head);
    again.append([attempt('c')]);
    again.close();
    expect((await verified()).flaws).toEqual([{ kind: 'removed', node: 'media-1', seq: 1, through: 2 }]);
  });

  it('refuses a file of another kind', () => {
    written(file, [attempt('a')]);
    const other = new DatabaseSync(file);
    other.exec('PRAGMA user_version = 7');
    other.close();
    expect(() => new SqliteWriter(file, 'media-1')).toThrow(
      'is not an audit store of this version (7, not 1)',
    );
  });

  it('waits for no reader when it brings its writes into the database', () => {
    const writer = new SqliteWriter(file, 'media-1');
    writer.append([attempt('a')]);
    const reading = new DatabaseSync(file, { readOnly: true });
    reading.exec('BEGIN; SELECT count(*) FROM rows');
    const from = performance.now();
    writer.append([end('a')]);
    writer.checkpoint(true);
    expect(performance.now() - from).toBeLessThan(400);
    reading.close();
    writer.close();
  });

  it('erases content so that nothing of it is left in the file, and the chain still proves the rest', async () => {
    const writer = new SqliteWriter(file, 'media-1');
    writer.append([attempt('old', { at: '2026-01-01T00:00:00.000Z' }), attempt('new')]);
    const erasure = { record: 'erasure', id: 'e', at: noon, company: 'acme/acme', before: noon } as const;
    expect(writer.erase(erasure, 30)).toBe(0);
    expect(writer.erase(erasure, 365)).toBe(1);
    writer.checkpoint(true);
    const raw = new DatabaseSync(file);
    const rows = raw.prepare('SELECT kind, content IS NULL AS gone FROM rows').all();
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { kind: 'attempt', gone: 1 },
      { kind: 'attempt', gone: 0 },
      { kind: 'erasure', gone: 0 },
    ]);
    raw.close();
    expect(await verified()).toMatchObject({ flawCount: 0, chains: [{ rows: 3, erased: 1 }] });
    writer.close();
  });
});
