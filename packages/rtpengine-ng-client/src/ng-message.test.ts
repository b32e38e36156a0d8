import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyArguments } from './arbitrary.fixture.ts';
import { NgError } from './ng-error.ts';
import { decodeMessage, encodeMessage } from './ng-message.ts';

describe('an ng message', () => {
  it('is a cookie, a space and a dictionary', () => {
    expect(encodeMessage('5323_1', { command: 'ping' }).toString()).toBe('5323_1 d7:command4:pinge');
    expect(encodeMessage('5323_1', { command: 'ping' }, 'json').toString()).toBe('5323_1 {"command":"ping"}');
  });

  it('is read in either format', () => {
    const expected = { cookie: '5323_1', body: { result: 'pong' } };
    expect(decodeMessage(Buffer.from('5323_1 d6:result4:ponge'))).toEqual(expected);
    expect(decodeMessage(Buffer.from('5323_1 {"result":"pong"}'))).toEqual(expected);
  });

  it('survives the way there and back', () => {
    fc.assert(
      fc.property(anyArguments, (body) => {
        expect(decodeMessage(encodeMessage('c', body))).toEqual({ cookie: 'c', body });
      }),
    );
  });

  it.each([
    ['no cookie', ' d6:result4:ponge'],
    ['no space', 'd6:result4:ponge'],
    ['a cookie without end', 'x'.repeat(300)],
    ['no body', 'c '],
    ['a list as body', 'c le'],
    ['a JSON list as body', 'c []'],
    ['noise behind the body', 'c de\n'],
  ])('is refused with %s', (_, text) => {
    expect(() => decodeMessage(Buffer.from(text))).toThrow(expect.objectContaining({ reason: 'Malformed' }));
  });

  it('throws nothing but NgError, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'c d', 'c {', 'c l'),
        fc.uint8Array({ maxLength: 50 }),
        (start, rest) => {
          try {
            decodeMessage(Buffer.concat([Buffer.from(start), rest]));
          } catch (error) {
            expect(error).toBeInstanceOf(NgError);
          }
        },
      ),
    );
  });
});
