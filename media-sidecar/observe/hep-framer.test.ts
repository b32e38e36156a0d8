import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, inProportion } from '../../tools/growth.fixture.ts';
import { hepPacket } from './hep.fixture.ts';
import { HepFramer, HepFramingError } from './hep-framer.ts';

const packet = (payload: string | Buffer) => hepPacket({ from: 1, to: 2, at: 1_700_000_000_000, payload });

const overhead = packet('').length;

const pushed = (framer: HepFramer, stream: Buffer, cuts: readonly number[]): Buffer[] => {
  const at = [0, ...cuts.map((c) => c % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  return at.slice(1).flatMap((end, i) => framer.push(stream.subarray(at[i], end)));
};

describe('HepFramer', () => {
  it('finds the same packets however TCP cuts the stream', () => {
    const payloads = fc.array(fc.string({ maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(payloads, fc.array(fc.nat(5000), { maxLength: 12 }), (texts, cuts) => {
        const packets = texts.map(packet);
        expect(pushed(new HepFramer(), Buffer.concat(packets), cuts)).toEqual(packets);
      }),
    );
  });

  it.each([70_000, 380_881, 3 * 65_536 - overhead, 3 * 65_536 - overhead + 5])(
    'steps over a message of %i bytes, whose length rtpengine writes modulo 64 KiB, and never reads what is in it',
    (size) => {
      const forged = packet('forged');
      const big = Buffer.alloc(size, 'a');
      forged.copy(big, 66_000);
      const stream = Buffer.concat([packet('before'), packet(big), packet('after')]);
      const framer = new HepFramer();
      const found = pushed(framer, stream, [1000, 65_540, 65_541, 100_000]);
      expect(found[0]).toEqual(packet('before'));
      expect(found.at(-1)).toEqual(packet('after'));
      expect(found.some((p) => p.equals(forged))).toBe(false);
      expect(framer.oversized).toBe(1);
    },
  );

  it.each([
    ['many small packets', (n: number) => Buffer.concat(Array.from({ length: n }, () => packet('x')))],
    ['empty ones', (n: number) => Buffer.concat(Array.from({ length: n }, () => Buffer.from('HEP3\0\x06')))],
  ])('takes time in proportion to the length of %s', (_, stream) => {
    const work = (size: number) => {
      const bytes = stream(size);
      return () => void expect(new HepFramer().push(bytes)).toHaveLength(size);
    };
    expect(growth(400, work)).toBeLessThan(inProportion);
  });

  it('gives up at once on what is no HEP3', () => {
    expect(() => new HepFramer().push(Buffer.from('GET / HTTP/1.1\r\n'))).toThrow(HepFramingError);
  });

  it('gives up when no packet begins within 8 MiB', () => {
    const framer = new HepFramer();
    framer.push(packet('one'));
    const push = () => {
      for (let i = 0; i < 130; i += 1) framer.push(Buffer.alloc(65_536));
    };
    expect(push).toThrow(HepFramingError);
  });
});
