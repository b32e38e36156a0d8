import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { writeOrDrop } from './write-or-drop.ts';

const kilobyte = 'x'.repeat(1_024);

it('drops a reader who reads nothing, once 128 kB wait for it', () => {
  const stream = new Writable({ write: () => {} });
  let written = 0;
  while (!stream.destroyed) {
    writeOrDrop(stream, kilobyte);
    written += 1;
  }
  expect(written).toBe(129);
});

it('keeps one who reads', async () => {
  const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
  for (let n = 0; n < 1_000; n++) writeOrDrop(stream, kilobyte);
  expect(stream.destroyed).toBe(false);
});
