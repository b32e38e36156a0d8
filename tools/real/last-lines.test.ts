import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { LastLines } from './last-lines.ts';

test('lines are put together from chunks, and the last of them are kept', async () => {
  const lines = new LastLines(2);
  const seen: string[] = [];
  const stream = Readable.from(['on', 'e\ntwo\r\nth', 'ree']);
  lines.follow(stream, (line) => seen.push(line));
  await stream.toArray().catch(() => undefined);
  await expect.poll(() => seen).toEqual(['one', 'two', 'three']);
  expect(lines.text()).toBe('two\nthree');
});
