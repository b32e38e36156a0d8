import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth, inProportion } from '../../../tools/growth.fixture.ts';
import { anyArguments } from './arbitrary.fixture.ts';
import { decodeBencode } from './decode-bencode.ts';
import { encodeBencode } from './encode-bencode.ts';
import { NgError } from './ng-error.ts';

const decode = (text: string) => decodeBencode(Buffer.from(text, 'latin1'));

describe('decodeBencode', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(anyArguments, (value) => {
        expect(decodeBencode(encodeBencode(value))).toEqual(value);
      }),
    );
  });

  it('reads an answer of rtpengine', () => {
    expect(decode('d5:callsl4:4711e8:durationi-240e6:result2:oke')).toEqual({
      calls: ['4711'],
      duration: -240,
      result: 'ok',
    });
  });

  it('gives dictionaries no prototype, so that a key cannot reach one', () => {
    const dict = decode('d9:__proto__d5:admini1eee');
    expect(Object.getPrototypeOf(dict)).toBeNull();
    expect(Object.keys(dict)).toEqual(['__proto__']);
    expect(({} as { admin?: number }).admin).toBeUndefined();
  });

  it('keeps the last of a key that occurs twice', () => {
    expect(decode('d1:ai1e1:ai2ee')).toEqual({ a: 2 });
  });

  it('gives strings that are not UTF-8 as bytes, and all strings if asked', () => {
    expect(decode('l2:\xc3\xa52:\xff\xfee')).toEqual(['å', Buffer.from([0xff, 0xfe])]);
    expect(decodeBencode(Buffer.from('d1:k1:ve'), { binary: true })).toEqual({ k: Buffer.from('v') });
  });

  it('gives integers beyond 2^53 as bigint, up to 64 bits', () => {
    expect(decode('i9007199254740991e')).toBe(9007199254740991);
    expect(decode('i-9223372036854775808e')).toBe(-(2n ** 63n));
    expect(() => decode('i9223372036854775808e')).toThrow(NgError);
  });

  it.each([
    ['nothing', ''],
    ['bytes behind the value', '1:ab'],
    ['a leading zero in an integer', 'i01e'],
    ['minus zero', 'i-0e'],
    ['a plus sign', 'i+1e'],
    ['an empty integer', 'ie'],
    ['an integer without its end', 'i12'],
    ['a leading zero in a length', '01:a'],
    ['a negative length', '-1:a'],
    ['a length beyond the data', '5:abcd'],
    ['a length that has no end', '999999999999999999999'],
    ['a length in place of a string', '1'],
    ['an integer as a key', 'di1e1:ae'],
    ['a key without a value', 'd1:ae'],
    ['a list without its end', 'l1:a'],
    ['nesting that would exhaust the stack', 'l'.repeat(100_000)],
  ])('refuses %s', (_, text) => {
    expect(() => decode(text)).toThrow(expect.objectContaining({ name: 'NgError', reason: 'Malformed' }));
  });

  it.each([
    ['a list', (n: number) => `l${'i7e'.repeat(n)}e`],
    [
      'a dictionary',
      (n: number) => `d${Array.from({ length: n }, (_, i) => `5:${10_000 + i}i1e`).join('')}e`,
    ],
    ['lists in a list', (n: number) => `l${'l1:ae'.repeat(n)}e`],
    ['a list without its end', (n: number) => `l${'1:a'.repeat(n)}`],
    ['a string of digits', (n: number) => '9'.repeat(n)],
  ])('takes time in proportion to the length of %s', (_, text) => {
    const work = (size: number) => {
      const bytes = Buffer.from(text(size), 'latin1');
      return () => {
        try {
          decodeBencode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(NgError);
        }
      };
    };
    expect(growth(8_000, work)).toBeLessThan(inProportion);
  });

  it('throws nothing but NgError, whatever comes', () => {
    const pieces = fc.constantFrom('d', 'l', 'e', 'i', ':', '-', '0', '1', '2', '9', 'a', '\xff');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array)),
      fc.array(pieces, { maxLength: 40 }).map((array) => Buffer.from(array.join(''), 'latin1')),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          decodeBencode(input);
        } catch (error) {
          expect(error).toBeInstanceOf(NgError);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
