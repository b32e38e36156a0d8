import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSameJson } from './is-same-json.ts';

it.each([
  [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
  [{ a: undefined }, {}, true],
  [{ a: null }, {}, false],
  [[1, 2], [2, 1], false],
  [[], {}, false],
  [{ a: '1' }, { a: 1 }, false],
  [[1], [1, 2], false],
])('%j and %j: %s', (a, b, same) => {
  expect(isSameJson(a, b)).toBe(same);
  expect(isSameJson(b, a)).toBe(same);
});

it('finds whatever has gone through JSON the same, and anything added to it another', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (value, key) => {
      const copy = JSON.parse(JSON.stringify(value));
      expect(isSameJson(value, copy)).toBe(true);
      expect(isSameJson(value, { ...copy, [key]: [copy[key] ?? 0] })).toBe(false);
    }),
  );
});
