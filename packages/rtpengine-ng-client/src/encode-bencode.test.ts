import { describe, expect, it } from 'vitest';
import { encodeBencode } from './encode-bencode.ts';
import type { NgArguments, NgValue } from './ng-value.ts';

describe('encodeBencode', () => {
  it.each<[string, NgValue]>([
    ['0:', ''],
    ['2:å', 'å'],
    ['i-7e', -7],
    ['i0e', -0],
    ['i9223372036854775807e', 2n ** 63n - 1n],
    ['l1:ai1ee', ['a', 1]],
    ['d5:flagsl4:faste7:call-id1:xe', { flags: ['fast'], 'call-id': 'x', label: undefined }],
  ])('writes %s', (text, value) => {
    expect(encodeBencode(value).toString()).toBe(text);
  });

  it('writes Buffers byte for byte, between texts', () => {
    expect(encodeBencode({ blob: Buffer.from([0xff, 0x00]), file: 'å' })).toEqual(
      Buffer.from('d4:blob2:\xff\x004:file2:\xc3\xa5e', 'latin1'),
    );
  });

  it.each([1.5, Number.NaN, 2 ** 53, 2n ** 63n])('refuses %d, which rtpengine could not hold', (value) => {
    expect(() => encodeBencode(value)).toThrow(expect.objectContaining({ reason: 'Malformed' }));
  });

  it('refuses a value that holds itself', () => {
    const loop: Record<string, NgValue> = {};
    loop['again'] = loop satisfies NgArguments;
    expect(() => encodeBencode(loop)).toThrow(/nested deeper/);
  });
});
