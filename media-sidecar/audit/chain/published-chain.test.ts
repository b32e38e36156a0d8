import { cpSync, rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attempt, end, scratch, written } from '../audit.fixture.ts';
import type { AuditWriter } from '../audit-store.ts';
import { SqliteReader } from '../sqlite/sqlite-reader.ts';
import { sqliteWriter } from '../sqlite/sqlite-store.ts';
import { SqliteWriter } from '../sqlite/sqlite-writer.ts';
import type { ChainHead } from './chain-row.ts';
import { fromPublished, type PublishedHead } from './published-chain.ts';

let place: ReturnType<typeof scratch>;
let lost: number;
let writer: AuditWriter | undefined;
beforeEach(() => {
  place = scratch();
  lost = 0;
});
afterEach(async () => {
  await writer?.close();
  place[Symbol.dispose]();
});

const start = (published: PublishedHead): AuditWriter => {
  writer = fromPublished(published, (known) => sqliteWriter(place.file, 'media-1', () => void lost++, known));
  return writer;
};
const headNow = (): ChainHead => {
  const opened = new SqliteWriter(place.file, 'media-1');
  const { head } = opened;
  opened.close();
  return head;
};
const flaws = async () => {
  const reader = new SqliteReader(place.file);
  const { flaws: found } = await reader.verify();
  await reader.close();
  return found.map(({ kind, seq, through }) => `${kind} ${seq}-${through}`);
};

describe('a sidecar that is started', () => {
  it.each([
    ['where it was published last', (head: ChainHead) => head],
    ['further on than that', (_: ChainHead, before: ChainHead) => before],
    ['and was never published', () => undefined],
  ])('goes on with a chain that ends %s', async (_, published) => {
    written(place.file, [attempt('a')]);
    const before = headNow();
    written(place.file, [end('a')]);
    const head = headNow();
    expect(await start(async () => published(head, before)).append([])).toEqual(head);
    await writer?.append([attempt('b')]);
    expect([lost, await flaws()]).toEqual([0, []]);
  });

  it('says that a file was put back to an earlier state, at once, and leaves a gap that is found ever after', async () => {
    written(place.file, [attempt('a')]);
    cpSync(place.file, `${place.file}.old`);
    written(place.file, [end('a'), attempt('b')]);
    const head = headNow();
    for (const rest of ['', '-wal', '-shm']) rmSync(`${place.file}${rest}`, { force: true });
    cpSync(`${place.file}.old`, place.file);
    // where the chain ends is published as before, for the next one to know
    expect(await start(async () => head).append([])).toEqual(head);
    expect(lost).toBe(1);
    await writer?.append([attempt('c')]);
    expect(await flaws()).toEqual(['removed 2-3']);
  });

  it('says that a file is gone, or was written anew', async () => {
    written(place.file, [attempt('a'), attempt('b')]);
    const head = { seq: 2, hash: 'f'.repeat(64) };
    expect(await start(async () => head).append([])).toEqual(head);
    await writer?.append([attempt('c')]);
    const told = lost;
    await writer?.append([attempt('d')]);
    expect([told > 0, lost - told, await flaws()]).toEqual([true, 0, ['unlinked 3-3']]);
  });

  it('writes nothing while nobody says where the chain ended, and goes on once somebody does', async () => {
    written(place.file, [attempt('a')]);
    const head = headNow();
    let answers = false;
    const started = start(async () => {
      await delay(1);
      if (!answers) throw new Error('no API server');
      return head;
    });
    await expect(started.append([attempt('b')])).rejects.toMatchObject({
      reason: 'AuditUnavailable',
      message: 'nobody says where the chain of audit records ended: no API server',
    });
    expect(headNow()).toEqual(head);
    answers = true;
    expect((await started.append([attempt('b')])).seq).toBe(2);
  });
});
