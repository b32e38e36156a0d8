import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { freePort, freePortRange } from './ports.ts';

test('every port is given once', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  expect(new Set(ports).size).toBe(20);
});

test('a range begins at an even port and has the size asked for', async () => {
  await freePort();
  const { min, max } = await freePortRange(20);
  expect(min % 2).toBe(0);
  expect(max - min).toBe(19);
});

test('a port that another program uses is passed over', async () => {
  const busy = (await freePort()) + 1;
  const socket = createSocket('udp4').bind(busy, '127.0.0.1');
  await once(socket, 'listening');
  expect(await freePort()).toBeGreaterThan(busy);
  const { min } = await freePortRange(10);
  expect(min).toBeGreaterThan(busy);
  socket.close();
});

test('processes at the same time get ports of their own', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'ports.ts'));
  const script = `const { freePort, freePortRange } = await import(${module});
    const ranges = [await freePortRange(800), await freePortRange(800)];
    console.log(JSON.stringify([await freePort(), ...ranges.map(({ min }) => min)]));
    await new Promise((resolve) => process.stdin.resume().once('end', resolve));`;
  const children = [1, 2, 3].map(() =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]),
  );
  const told = await Promise.all(children.map(({ child }) => once(child.stdout ?? child, 'data')));
  for (const { child } of children) child.stdin?.end();
  await Promise.all(children);
  const blocks = told.map(([line]) => (JSON.parse(line) as number[]).map((port) => Math.floor(port / 1000)));
  for (const [i, mine] of blocks.entries()) {
    for (const others of blocks.slice(i + 1))
      expect(mine.filter((block) => others.includes(block))).toEqual([]);
  }
});

test('too large a range is refused', () => {
  expect(() => freePortRange(1000)).toThrow('at most 900');
});
