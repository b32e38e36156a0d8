import { expect, it } from 'vitest';
import { pauseMs } from './pause.ts';
import { retryAfterMs } from './post.ts';

it('doubles from a second to a minute, in its upper half', () => {
  expect([1, 2, 3, 7, 1_000].map((n) => pauseMs(n, undefined, 1))).toEqual([
    1_000, 2_000, 4_000, 60_000, 60_000,
  ]);
  expect([1, 7].map((n) => pauseMs(n, undefined, 0))).toEqual([500, 30_000]);
});

it('is as long as the receiver asks for, ten minutes at most, and never shorter than its own', () => {
  expect([0, 5_000, 1e12].map((asked) => pauseMs(1, asked, 1))).toEqual([1_000, 5_000, 600_000]);
});

it.each([
  ['120', 120_000],
  ['Thu, 01 Jan 1970 00:00:30 GMT', 20_000],
  ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  [null, undefined],
])('reads Retry-After: %s', (header, ms) => {
  expect(retryAfterMs(header, 10_000)).toBe(ms);
});
