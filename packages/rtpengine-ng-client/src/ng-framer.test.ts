import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, inProportion } from '../../../tools/growth.fixture.ts';
import { anyArguments } from './arbitrary.fixture.ts';
import { NgError } from './ng-error.ts';
import { NgFramer } from './ng-framer.ts';
import { encodeMessage } from './ng-message.ts';

const bound = 1 << 20;
const messages = fc.array(
  fc
    .tuple(fc.stringMatching(/^[0-9a-f_]{1,20}$/), anyArguments)
    .map(([cookie, body]) => encodeMessage(cookie, body)),
  { minLength: 1, maxLength: 4 },
);

function frame(chunks: readonly Buffer[]): string[] {
  const framer = new NgFramer(bound);
  return chunks.flatMap((chunk) => framer.push(chunk)).map((message) => message.toString('latin1'));
}

describe('NgFramer', () => {
  it('finds the messages of a stream cut in two at any byte', () => {
    fc.assert(
      fc.property(messages, (sent) => {
        const stream = Buffer.concat(sent);
        const expected = sent.map((message) => message.toString('latin1'));
        for (let cut = 0; cut <= stream.length; cut++) {
          expect(frame([stream.subarray(0, cut), stream.subarray(cut)])).toEqual(expected);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('finds them byte by byte', () => {
    fc.assert(
      fc.property(messages, (sent) => {
        const bytes = [...Buffer.concat(sent)].map((byte) => Buffer.from([byte]));
        expect(frame(bytes)).toEqual(sent.map((message) => message.toString('latin1')));
      }),
    );
  });

  it('takes time in proportion to the length of an answer that comes in small pieces', () => {
    const work = (size: number) => {
      const calls = Array.from({ length: size }, (_, i) => `call-${i}@192.0.2.1`);
      const stream = encodeMessage('1', { calls, result: 'ok' });
      const pieces = Array.from({ length: Math.ceil(stream.length / 10) }, (_, i) =>
        stream.subarray(i * 10, (i + 1) * 10),
      );
      return () => expect(frame(pieces)).toHaveLength(1);
    };
    expect(growth(2_000, work)).toBeLessThan(inProportion);
  });

  it.each([
    ['a cookie without end', 'x'.repeat(256)],
    ['noise for a body', '1 x'],
    ['an end before a beginning', '1 e'],
    ['a string length without end', '1 d1234567890'],
    ['an integer without end', `1 di${'1'.repeat(30)}`],
    ['nesting without end', `1 ${'l'.repeat(100)}`],
  ])('gives up on %s', (_, text) => {
    expect(() => frame([Buffer.from(text)])).toThrow(expect.objectContaining({ reason: 'Malformed' }));
  });

  it('gives up on a message above the bound before it has all of it', () => {
    const framer = new NgFramer(1_000);
    framer.push(Buffer.from('1 d3:sdp999999999:'));
    expect(() => framer.push(Buffer.alloc(1_000))).toThrow(expect.objectContaining({ reason: 'TooLarge' }));
  });

  it('throws nothing but NgError, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 8 }), (chunks) => {
        try {
          frame(chunks.map((chunk) => Buffer.from(chunk)));
        } catch (error) {
          expect(error).toBeInstanceOf(NgError);
        }
      }),
    );
  });
});
