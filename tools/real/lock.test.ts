import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdLock } from './lock.ts';

const lockFile = () => join(mkdtempSync(join(tmpdir(), 'medlyssning-lock-')), 'sub', 'lock');

test('the second holder waits for the first', async () => {
  const file = lockFile();
  const order: string[] = [];
  const first = await holdLock(file, () => order.push('first waits'));
  const waiting = Promise.withResolvers<void>();
  const second = holdLock(file, () => {
    order.push('second waits');
    waiting.resolve();
  });
  await waiting.promise;
  order.push('first ends');
  first[Symbol.dispose]();
  (await second)[Symbol.dispose]();
  expect(order).toEqual(['second waits', 'first ends']);
});

test('a holder killed with SIGKILL holds nothing any more', async () => {
  const file = lockFile();
  const module = JSON.stringify(join(import.meta.dirname, 'lock.ts'));
  const script = `const { holdLock } = await import(${module});
    await holdLock(${JSON.stringify(file)}, () => undefined);
    console.log('held');
    setInterval(() => undefined, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const next = holdLock(file, () => holder.kill('SIGKILL'));
  (await next)[Symbol.dispose]();
  expect(holder.killed).toBe(true);
});
