import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, end } from './audit.fixture.ts';
import type { ChainedRecord } from './audit-log.ts';
import { AuditStoreError } from './audit-store.ts';
import type { ChainHead } from './chain/chain-row.ts';
import { RecordKeeper } from './record-keeper.ts';

const log = pino({ level: 'silent' });

/** A store whose disk answers when it is told to. */
const store = () => {
  const rows: ChainedRecord[] = [];
  const batches: number[] = [];
  let full = false;
  let disk = Promise.resolve();
  let wake = () => {};
  return {
    rows,
    batches,
    fill: (is: boolean) => {
      full = is;
    },
    hang: () => {
      disk = new Promise((resolve) => {
        wake = resolve;
      });
    },
    wake: () => wake(),
    writer: {
      append: async (records: readonly ChainedRecord[]): Promise<ChainHead> => {
        await disk;
        if (full) throw new AuditStoreError('disk full');
        if (records.length > 0) batches.push(records.length);
        rows.push(...records);
        return { seq: rows.length, hash: '' };
      },
      erase: async () => 0,
      close: async () => {},
    },
  };
};

let disk: ReturnType<typeof store>;
let keeper: RecordKeeper;
beforeEach(async () => {
  disk = store();
  keeper = new RecordKeeper({ writer: disk.writer, log, withinMs: 50, againMs: 10 });
  await keeper.look();
});
afterEach(async () => {
  await keeper.close();
});
const ids = () => disk.rows.map(({ record, id }) => `${record} ${id}`);

describe('keeping records', () => {
  it('writes together what came while the disk was busy', async () => {
    disk.hang();
    const written = Promise.all(['a', 'b', 'c', 'd'].map((id) => keeper.append(attempt(id))));
    disk.wake();
    await written;
    expect(disk.batches).toEqual([1, 3]);
    expect(keeper.head.seq).toBe(4);
  });

  it('refuses at once while the store is full, says so, and writes what was refused when there is room', async () => {
    disk.fill(true);
    await expect(keeper.append(attempt('a'))).rejects.toThrow('disk full');
    expect(keeper.problem).toBe('disk full');
    await expect(keeper.append(end('a'))).rejects.toThrow('disk full');
    expect(keeper.backlog).toBe(2);
    disk.fill(false);
    await expect.poll(() => keeper.problem).toBeUndefined();
    expect(ids()).toEqual(['attempt a', 'end a']);
    await keeper.append(attempt('b'));
  });

  it('finds a store that fails without being asked for anything', async () => {
    disk.fill(true);
    await expect.poll(() => keeper.problem).toBe('disk full');
  });

  it('refuses a record that takes too long; it counts as soon as it is written', async () => {
    disk.hang();
    await expect(keeper.append(attempt('a'))).rejects.toThrow('did not answer within 50 ms');
    await expect(keeper.append(end('a'))).rejects.toThrow('did not answer');
    disk.wake();
    await expect.poll(() => [keeper.problem, keeper.backlog]).toEqual([undefined, 0]);
    expect(ids()).toEqual(['attempt a', 'end a']);
  });

  it('keeps ten thousand that wait, and counts what it could not keep', async () => {
    disk.fill(true);
    const refused = Array.from({ length: 10_003 }, (_, n) => keeper.append(attempt(`${n}`)));
    await Promise.allSettled(refused);
    expect([keeper.backlog, keeper.lost]).toEqual([10_000, 3]);
  });
});
