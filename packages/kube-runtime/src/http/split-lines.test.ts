import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLines } from './split-lines.ts';

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]) {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    yield bytes.subarray(from, end);
    from = end;
  }
}

const linesIn = async (body: AsyncIterable<Uint8Array>, maxBytes: number) => {
  const lines: string[] = [];
  for await (const line of splitLines(body, maxBytes)) lines.push(line);
  return lines;
};

const linesOf = (text: string, cuts: readonly number[] = [], maxBytes = 1000) =>
  linesIn(inPieces(Buffer.from(text), cuts), maxBytes);

test('lines come whole however they are cut, within a character too', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat()), async (lines, cuts) => {
      expect(await linesOf(lines.map((each) => `${each}\n`).join(''), cuts)).toEqual(lines);
    }),
  );
});

test('what ends inside of a line is told apart from what ends after one', async () => {
  const given: string[] = [];
  const reading = (async () => {
    for await (const line of splitLines(inPieces(Buffer.from('{"a":1}\n{"b"'), [3]), 1000)) given.push(line);
  })();
  await expect(reading).rejects.toMatchObject({ name: 'ApiUnreachable', reason: 'Garbled' });
  expect(given).toEqual(['{"a":1}']);
});

test('a line without end is given up at the bound, not collected', async () => {
  let pulled = 0;
  async function* endless() {
    for (;;) {
      pulled++;
      yield Buffer.alloc(100, 'x');
    }
  }
  await expect(linesIn(endless(), 1000)).rejects.toMatchObject({ reason: 'TooLarge' });
  expect(pulled).toBe(11);
});

test('a line above the bound is refused even when it comes at once', async () => {
  await expect(linesOf('123456\n', [], 5)).rejects.toMatchObject({ reason: 'TooLarge' });
  expect(await linesOf('12345\n', [], 5)).toEqual(['12345']);
});
