import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { noon, scratch } from './audit.fixture.ts';
import { closeUnended } from './close-unended.ts';
import { RecordKeeper } from './record-keeper.ts';
import { sqliteReader, sqliteWriter } from './sqlite/sqlite-store.ts';

const log = pino({ level: 'silent' });

/** Kills a process that writes once it has said `after` records. Returns all that it said. */
const killedAfter = async (file: string, after: number): Promise<readonly string[]> => {
  const program = join(import.meta.dirname, 'write-until-killed.program.ts');
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (said.split('\n').length > after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
};

it('a process killed while it writes: what it said was written is there, the chain is whole, and no listen stays open', async () => {
  using place = scratch();
  const said: string[] = [];
  for (const after of [1, 2, 5, 20, 61, 200]) said.push(...(await killedAfter(place.file, after)));
  expect(said.length).toBeGreaterThan(280);

  const audit = new RecordKeeper({ writer: sqliteWriter(place.file, 'media-1', expect.fail), log });
  await audit.look();
  const reader = sqliteReader(place.file);
  const open = await reader.unended('media-1');
  expect(open.length).toBeGreaterThan(0);
  const ours = open[0]?.id;
  const now = () => Date.parse(noon);
  const closing = closeUnended({ node: 'media-1', reader, audit, isOurs: (id) => id === ours, now, log });
  await expect.poll(() => reader.unended('media-1')).toMatchObject([{ id: ours }]);
  closing.stop();

  const there = new Map<string, string>();
  for await (const { kind, id, content } of reader.rows()) there.set(`${kind} ${id}`, content ?? '');
  expect(said.filter((record) => !there.has(record))).toEqual([]);
  const heard = open.findLast(({ startedAt }) => startedAt !== null);
  expect(JSON.parse(there.get(`end ${heard?.id}`) ?? '')).toMatchObject({
    reason: 'NodeEnded',
    startedAt: noon,
    at: noon,
  });
  expect((await reader.verify()).flawCount).toBe(0);
  await Promise.all([audit.close(), reader.close()]);
}, 60_000);
