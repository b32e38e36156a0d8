import { type Postgres, startPostgres } from '@medlyssning/tools/real/postgres.ts';
import { Client } from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attempt, end, noon, start } from '../audit.fixture.ts';
import type { AuditQuery } from '../audit-store.ts';
import { RecordKeeper } from '../record-keeper.ts';
import { eraseDue } from '../retention.ts';
import { PostgresReader } from './postgres-reader.ts';
import { postgresWriter } from './postgres-writer.ts';

const log = pino({ level: 'silent' });
let server: Postgres;
let reader: PostgresReader;
beforeAll(async () => {
  server = await startPostgres();
  reader = new PostgresReader(server.url);
}, 600_000);
afterAll(async () => {
  await reader?.close();
  await server?.[Symbol.asyncDispose]();
});

const writerOf = (node: string) => postgresWriter(server.url, node, expect.fail);
const query = async (sql: string): Promise<void> => {
  const client = new Client(server.url);
  await client.connect();
  await client.query(sql);
  await client.end();
};
const chainOf = async (node: string) => (await reader.verify()).chains.find((chain) => chain.node === node);

describe('chains in PostgreSQL', () => {
  it('are one for each node, begun by many at once', async () => {
    const writers = ['a-1', 'a-2', 'a-3', 'a-4'].map(writerOf);
    await Promise.all(
      writers.map(async (writer, n) => {
        for (let i = 0; i < 20; i += 1) await writer.append([attempt(`${n}-${i}`), end(`${n}-${i}`)]);
      }),
    );
    const { chains, flawCount } = await reader.verify();
    expect([flawCount, chains.map(({ node, rows }) => `${node} ${rows}`)]).toEqual([
      0,
      ['a-1 40', 'a-2 40', 'a-3 40', 'a-4 40'],
    ]);
    await Promise.all(writers.map((writer) => writer.close()));
  });

  it('write a record once, all of a batch or none, and whatever somebody dialled', async () => {
    const writer = writerOf('b');
    const odd = { user: 'karin', number: '\u0000\ud800\'"' };
    const head = await writer.append([attempt('x', { listener: odd }), attempt('y')]);
    expect(await writer.append([attempt('y'), attempt('x')])).toEqual(head);
    await expect(writer.append([attempt('z'), attempt('q', { at: 'never' })])).rejects.toThrow();
    expect(await writer.append([])).toEqual(head);
    await writer.close();
    expect(await chainOf('b')).toMatchObject({ rows: 2, head });
  });

  it('take nothing where rows are gone, then go on so that they are missed', async () => {
    let lost = 0;
    const writer = postgresWriter(server.url, 'c', () => {
      lost += 1;
    });
    await writer.append(['1', '2', '3'].map((id) => attempt(id)));
    await query("DELETE FROM medlyssning_audit WHERE node = 'c' AND seq > 1");
    await expect(writer.append([attempt('4')])).rejects.toThrow(
      'rows up to 3 of node c are not as they were written',
    );
    expect((await writer.append([attempt('4')])).seq).toBe(4);
    expect(lost).toBe(1);
    await writer.close();
    expect((await reader.verify()).flaws).toEqual([{ kind: 'removed', node: 'c', seq: 2, through: 3 }]);
    await query("DELETE FROM medlyssning_audit WHERE node = 'c'");
  });

  it('show a row that was changed', async () => {
    const writer = writerOf('d');
    await writer.append([attempt('1'), attempt('2')]);
    await writer.close();
    await query(
      `UPDATE medlyssning_audit SET content = replace(content, 'anna', 'bo') WHERE node = 'd' AND seq = 2`,
    );
    expect((await reader.verify()).flaws).toEqual([{ kind: 'changed', node: 'd', seq: 2, through: 2 }]);
    await query("DELETE FROM medlyssning_audit WHERE node = 'd'");
  });

  it('lose content when its time is over, and prove the rest', async () => {
    const writer = writerOf('e');
    const old = { at: '2025-01-01T00:00:00.000Z', company: 'old/old', retentionDays: 30 };
    await writer.append(Array.from({ length: 1_100 }, (_, n) => attempt(`${n}`, old)));
    const now = () => Date.parse(noon);
    await eraseDue({ reader, writer, daysOf: () => undefined, now, log });
    expect(await chainOf('e')).toMatchObject({ rows: 1_101, erased: 1_100 });
    expect((await reader.verify()).flawCount).toBe(0);
    expect((await reader.page({ company: 'old/old', limit: 10 })).entries).toEqual([]);
    await writer.close();
  });
});

it('pages and open listens are those that SQLite gives', async () => {
  const writer = writerOf('f');
  const acme = { company: 'f/f' };
  const at = (n: number) => new Date(Date.parse(noon) + n * 60_000).toISOString();
  const user = (name: string) => ({ user: name, number: '' });
  await writer.append([
    attempt('1', { ...acme, at: at(0) }),
    start('1', acme),
    attempt('2', { ...acme, at: at(1), listener: user('sven'), reason: 'ProfileForbids' }),
    attempt('3', { ...acme, at: at(2), listener: user('anna'), target: user('karin') }),
    attempt('4', { company: 'g/g', at: at(3) }),
    end('1', acme),
  ]);
  await writer.close();
  const ids = async (of: Partial<AuditQuery>) =>
    (await reader.page({ company: 'f/f', limit: 2, ...of })).entries.map((entry) => entry.attempt.id);
  expect(await ids({})).toEqual(['3', '2']);
  const { next } = await reader.page({ company: 'f/f', limit: 2 });
  expect(await ids({ after: next ?? '' })).toEqual(['1']);
  expect(await ids({ involving: 'karin' })).toEqual(['3', '1']);
  expect(await ids({ own: 'karin' })).toEqual(['1']);
  expect(await ids({ own: 'anna' })).toEqual(['3', '1']);
  expect(await ids({ target: 'anna', heard: true })).toEqual(['1']);
  expect(await ids({ listener: 'sven', target: 'anna' })).toEqual(['2']);
  expect(await ids({ from: Date.parse(at(1)), until: Date.parse(at(2)) })).toEqual(['2']);
  expect((await reader.page({ company: 'f/f', limit: 9, listener: 'karin' })).entries).toMatchObject([
    { node: 'f', seq: 1, start: { soundMs: 240 }, end: { reason: 'CallEnded' } },
  ]);
  expect(await reader.unended('f')).toMatchObject([{ id: '3', startedAt: null }, { id: '4' }]);
});

it('a server that fails again and again under load loses no record, and refuses meanwhile', async () => {
  const nodes = ['load-1', 'load-2', 'load-3'];
  const keepers = nodes.map((node) => new RecordKeeper({ writer: writerOf(node), log, againMs: 50 }));
  await Promise.all(keepers.map((keeper) => keeper.look()));
  let running = true;
  const acknowledged: string[] = [];
  let refused = 0;
  const loads = keepers.map(async (keeper, n) => {
    for (let i = 0; running; i += 1) {
      const id = `${n}-${i}`;
      await keeper.append(attempt(id)).then(
        () => acknowledged.push(`${nodes[n]} ${id}`),
        () => {
          refused += 1;
          return new Promise((resolve) => setTimeout(resolve, 5));
        },
      );
    }
  });
  for (let round = 0; round < 3; round += 1) {
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(before + 100);
    await server.kill();
    await expect
      .poll(() => keepers.every(({ problem }) => problem !== undefined), { timeout: 30_000 })
      .toBe(true);
    await server.start();
    await expect
      .poll(() => keepers.every(({ problem }) => problem === undefined), { timeout: 30_000 })
      .toBe(true);
  }
  running = false;
  await Promise.all(loads);
  await expect.poll(() => keepers.every(({ backlog }) => backlog === 0), { timeout: 10_000 }).toBe(true);
  await Promise.all(keepers.map((keeper) => keeper.close()));
  const there = new Set<string>();
  for await (const { node, id } of reader.rows()) there.add(`${node} ${id}`);
  expect(acknowledged.filter((record) => !there.has(record))).toEqual([]);
  // what was refused is an attempt, too, and was written later
  const total = acknowledged.length + refused;
  expect([...there].filter((record) => record.startsWith('load-'))).toHaveLength(total);
  expect(refused).toBeGreaterThan(0);
  expect((await reader.verify()).flawCount).toBe(0);
}, 180_000);
