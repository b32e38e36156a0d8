import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyArguments } from './arbitrary.fixture.ts';
import { NgError } from './ng-error.ts';
import { decodeJson, encodeJson } from './ng-json.ts';

const decode = (text: string) => decodeJson(Buffer.from(text));

describe('ng as JSON', () => {
  it('gives back what was encoded, but for the precision of integers beyond 2^53', () => {
    fc.assert(
      fc.property(anyArguments, (value) => {
        const rounded = JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? Number(v) : v)));
        expect(decodeJson(encodeJson(value))).toEqual(rounded);
      }),
    );
  });

  it('leaves out what ng does not know', () => {
    expect(decode('{"a":null,"b":[true,1],"c":"x"}')).toEqual({ b: [1], c: 'x' });
  });

  it('gives dictionaries no prototype', () => {
    const dict = decode('{"__proto__":{"admin":1}}');
    expect(Object.getPrototypeOf(dict)).toBeNull();
    expect(Object.keys(dict)).toEqual(['__proto__']);
  });

  it('cannot send Buffers', () => {
    expect(() => encodeJson({ blob: Buffer.from('RIFF') })).toThrow(/use bencode/);
  });

  it.each(['', 'null', '{', '['.repeat(50_000) + ']'.repeat(50_000)])('refuses %.20s', (text) => {
    expect(() => decode(text)).toThrow(expect.objectContaining({ reason: 'Malformed' }));
  });

  it('throws nothing but NgError, and does not quote what it could not read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        try {
          decode(text);
        } catch (error) {
          expect(error).toBeInstanceOf(NgError);
        }
      }),
    );
    expect(() => decode('{"sdp":"c=IN IP4 192.0.2.1')).toThrow(/^The JSON body cannot be parsed\.$/);
  });
});
