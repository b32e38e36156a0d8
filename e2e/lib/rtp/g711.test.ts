import { describe, expect, it } from 'vitest';
import { decodeG711, encodeG711 } from './g711.ts';

describe.each(['PCMA', 'PCMU'] as const)('%s', (codec) => {
  it('gives back every code it reads', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, n) => n);
    // µ-law alone has two zeros; the negative one comes back as the positive.
    const expected = codes.map((code) => (codec === 'PCMU' && code === 0x7f ? 0xff : code));
    expect(encodeG711(codec, decodeG711(codec, codes))).toEqual(expected);
  });

  it('stays within its step of every sample', () => {
    const samples = Int16Array.from({ length: 65_536 }, (_, n) => n - 32_768);
    const heard = decodeG711(codec, encodeG711(codec, samples));
    const worst = samples.reduce((most, sample, n) => {
      const error = Math.abs(sample - (heard[n] ?? 0));
      return Math.max(most, error / Math.max(16 * 8, Math.abs(sample)));
    }, 0);
    expect(worst).toBeLessThanOrEqual(1 / 16);
  });
});

it('has the values of the recommendation', () => {
  expect([...encodeG711('PCMA', Int16Array.of(0, -1, 32_767, -32_768))]).toEqual([0xd5, 0x55, 0xaa, 0x2a]);
  expect([...encodeG711('PCMU', Int16Array.of(0, 32_767, -32_768))]).toEqual([0xff, 0x80, 0x00]);
});
