import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { noon } from './audit.fixture.ts';
import type { AuditReader, AuditWriter } from './audit-store.ts';
import { closeUnended } from './close-unended.ts';
import { RecordKeeper } from './record-keeper.ts';

const log = pino({ level: 'silent' });
const node = 'media-1';

/** A store as processes that are killed write to it, and as the one after them does. */
export interface KilledStore {
  /** Path of the file, or URL of the database. */
  readonly place: string;
  readonly writer: () => AuditWriter;
  readonly reader: AuditReader;
}

/** Kills a process that writes once it has said `after` records. Returns all that it said. */
const killedAfter = async (place: string, after: number): Promise<readonly string[]> => {
  const program = join(import.meta.dirname, 'write-until-killed.program.ts');
  const child = spawn(process.execPath, [program, place, node], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
    if (said.split('\n').length > after) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said.split('\n').slice(0, -1);
};

/**
 * Processes are killed while they write, one after so many records each: what they said was written is there, the chain is whole, and the one
 * that is started then leaves no listen open but its own.
 */
export const expectWholeWhenKilled = async (
  { place, writer, reader }: KilledStore,
  points: readonly number[],
): Promise<void> => {
  const said: string[] = [];
  for (const after of points) said.push(...(await killedAfter(place, after)));
  expect(said.length).toBeGreaterThan(points.reduce((sum, after) => sum + after, -10));

  const audit = new RecordKeeper({ writer: writer(), log });
  await audit.look();
  const open = await reader.unended(node);
  expect(open.length).toBeGreaterThan(0);
  const ours = open[0]?.id;
  const now = () => Date.parse(noon);
  const closing = closeUnended({ node, reader, audit, isOurs: (id) => id === ours, now, log });
  await expect.poll(() => reader.unended(node), { timeout: 10_000 }).toMatchObject([{ id: ours }]);
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
};
