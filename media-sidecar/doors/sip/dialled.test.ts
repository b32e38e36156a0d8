import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialledIn } from './dialled.ts';

describe('what was dialled after the feature code', () => {
  it.each([
    ['sip:*28*084650040@pbx.example', '084650040'],
    ['sip:%2A28%2A+4684650040@pbx.example;user=phone', '+4684650040'],
    ['sips:*28*101@pbx.example:5061', '101'],
    ['sip:*28*@pbx.example', ''],
    ['sip:*29*101@pbx.example', undefined],
    ['sip:101@pbx.example', undefined],
    ['tel:*28*101', undefined],
    ['sip:%zz@pbx.example', undefined],
  ])('%s → %s', (uri, number) => {
    expect(dialledIn(uri)('*28*')).toBe(number);
  });

  it('never throws, whatever is dialled', () => {
    fc.assert(fc.property(fc.string(), (uri) => void dialledIn(`sip:${uri}`)('*28*')));
  });

  it('finds nothing for a company without a code', () => {
    expect(dialledIn('sip:101@pbx.example')('')).toBeUndefined();
  });
});
