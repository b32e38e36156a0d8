import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readRtp, writeRtp } from './rtp-packet.ts';

it('reads what it writes', () => {
  const packet = fc.record({
    payloadType: fc.nat(63),
    marker: fc.boolean(),
    sequence: fc.nat(0xffff),
    timestamp: fc.nat(0xffffffff),
    ssrc: fc.nat(0xffffffff),
    payload: fc.uint8Array({ maxLength: 200 }),
  });
  fc.assert(
    fc.property(packet, (sent) => {
      expect(readRtp(writeRtp(sent))).toEqual({ ...sent, payload: Buffer.from(sent.payload) });
    }),
    { numRuns: 100 },
  );
});

it('takes RTCP and junk for no RTP', () => {
  expect(readRtp(Uint8Array.of(0x80, 200, ...new Uint8Array(30)))).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => void readRtp(bytes)),
    { numRuns: 500 },
  );
});
