import fc from 'fast-check';
import { expect, it } from 'vitest';
import { median, percentile } from './percentile.ts';

const oneToHundred = Array.from({ length: 100 }, (_, n) => 100 - n);

it.each([
  [0, 1],
  [0.5, 50],
  [0.99, 99],
  [0.991, 100],
  [1, 100],
])('the %d share of 1 to 100 is not above %d', (share, value) => {
  expect(percentile(oneToHundred, share)).toBe(value);
});

it('takes the lower of two as their median, and knows none of nothing', () => {
  expect(median([2, 1])).toBe(1);
  expect(median([])).toBeNaN();
});

it('is one of the values, and not below that share of them', () => {
  const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const value = percentile(all, share);
      expect(all).toContainEqual(value);
      expect(all.filter((each) => each <= value).length).toBeGreaterThanOrEqual(share * all.length);
    }),
    { numRuns: 50 },
  );
});
