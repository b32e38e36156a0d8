import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, inProportion } from '../../tools/growth.fixture.ts';
import { hepPacket } from './hep.fixture.ts';
import { parseHep3 } from './hep3.ts';

/** Captured from rtpengine 26.0.1.26: the request of a `delete`. */
const captured = Buffer.from(
  [
    '4845503300a2',
    '00000001000702',
    '00000002000711',
    '000000070008b92b',
    '00000008000856ce',
    '00000009000a6b0394e4',
    '0000000a000a0001bd11',
    '0000000b00073d',
    '0000000c000a00000001',
    '00000003000a7f000001',
    '00000004000a7f000001',
    '00000011000a63314078',
  ].join(''),
  'hex',
);
const body = Buffer.from('62dbb644 d7:command6:delete7:call-id4:c1@x8:from-tag1:ae', 'latin1');
const chunkHead = Buffer.from([0, 0, 0, 15, 0, 6 + body.length]);
const packet = Buffer.concat([captured, chunkHead, body]);
packet.writeUInt16BE(packet.length, 4);

describe('parseHep3', () => {
  it('reads what rtpengine sends', () => {
    expect(parseHep3(packet)).toEqual({
      source: '7f000001 47403',
      destination: '7f000001 22222',
      at: 0x6b0394e4 * 1000 + 113.937,
      protocol: 61,
      payload: body,
    });
  });

  it('refuses a packet cut anywhere', () => {
    for (let end = 0; end < packet.length; end += 1)
      expect(parseHep3(packet.subarray(0, end))).toBeUndefined();
  });

  it('refuses a chunk that comes twice, since two readers might believe different ones', () => {
    const twice = Buffer.concat([packet, chunkHead, body]);
    twice.writeUInt16BE(twice.length, 4);
    expect(parseHep3(twice)).toBeUndefined();
  });

  it('takes time in proportion to the number of chunks', () => {
    const work = (size: number) => {
      // chunks of a vendor we do not know, in front of all
      const chunks = Buffer.concat(Array.from({ length: size }, () => Buffer.from([9, 9, 0, 1, 0, 6])));
      const long = Buffer.concat([packet.subarray(0, 6), chunks, packet.subarray(6)]);
      long.writeUInt16BE(long.length, 4);
      return () => {
        for (let n = 0; n < 20; n += 1) parseHep3(long);
      };
    };
    expect(growth(1_300, work)).toBeLessThan(inProportion);
  });

  it('reads its own fixture, and never throws on one with bytes changed', () => {
    const change = fc.record({ at: fc.nat(200), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 5 }), (changes) => {
        const bytes = hepPacket({ from: 1, to: 2, at: 1_700_000_000_123, payload: 'c d6:result2:oke' });
        expect(parseHep3(bytes)?.at).toBe(1_700_000_000_123);
        for (const { at, byte } of changes) bytes[at % bytes.length] = byte;
        parseHep3(bytes);
      }),
      { numRuns: 500 },
    );
  });
});
