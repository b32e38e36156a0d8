import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

it('doubles the delay up to the most, spread over half to all of it', () => {
  const longest = new Backoff(20, 100, () => 1);
  expect([longest.next(), longest.next(), longest.next(), longest.next(), longest.next()]).toEqual([
    20, 40, 80, 100, 100,
  ]);
  const shortest = new Backoff(20, 100, () => 0);
  expect([shortest.next(), shortest.next()]).toEqual([10, 20]);
});

it('begins anew after a success', () => {
  const backoff = new Backoff(20, 100, () => 1);
  backoff.next();
  backoff.reset();
  expect(backoff.next()).toBe(20);
});
