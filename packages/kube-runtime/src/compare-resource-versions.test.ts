import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareResourceVersions } from './compare-resource-versions.ts';

test('numbers compare as numbers, however long', () => {
  const version = fc.bigInt({ min: 1n, max: 2n ** 80n });
  fc.assert(
    fc.property(version, version, (a, b) => {
      const order = compareResourceVersions(`${a}`, `${b}`) ?? Number.NaN;
      expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test.each(['', '0', '01', '-1', '1a', 'Infinity'])('%j is not compared', (version) => {
  expect(compareResourceVersions(version, '1')).toBeUndefined();
  expect(compareResourceVersions('1', version)).toBeUndefined();
});
