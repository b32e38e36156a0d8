import fc from 'fast-check';
import { systemClock } from 'kube-runtime';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Debounce } from './debounce.ts';

const times = { quietMs: 15, longestMs: 250 };
let handed: (readonly [key: string, at: number])[] = [];
let debounce: Debounce<string>;
const start = () => {
  handed = [];
  const begun = performance.now();
  debounce = new Debounce(times, systemClock, (key) => handed.push([key, performance.now() - begun]));
};

beforeEach(() => {
  vi.useFakeTimers();
  start();
});
afterEach(() => vi.useRealTimers());

it('hands a burst on once, when it is over', async () => {
  for (let i = 0; i < 5; i++) {
    debounce.add('acme');
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(handed).toEqual([['acme', 55]]);
});

it('waits no longer than it may while changes go on', async () => {
  for (let i = 0; i < 60; i++) {
    debounce.add('acme');
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(handed.map(([, at]) => at)).toEqual([250, 500]);
});

it('keeps keys apart, and forgets them when stopped', async () => {
  debounce.add('acme');
  debounce.add('beta');
  await vi.advanceTimersByTimeAsync(15);
  debounce.add('acme');
  debounce.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(handed).toEqual([
    ['acme', 15],
    ['beta', 15],
  ]);
  expect(debounce.size).toBe(0);
});

it('loses no change and is never later than it may be, whatever the changes', async () => {
  const change = fc.record({
    key: fc.constantFrom('acme', 'beta'),
    pauseMs: fc.integer({ min: 0, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 40 }), async (changes) => {
      start();
      const named = new Map<string, number>();
      let late = 0;
      for (const { key, pauseMs } of changes) {
        if (debounce.size === 0 || !named.has(key)) named.set(key, performance.now());
        debounce.add(key);
        const seen = handed.length;
        await vi.advanceTimersByTimeAsync(pauseMs);
        for (const [done] of handed.slice(seen)) {
          late = Math.max(late, performance.now() - (named.get(done) ?? 0));
          named.delete(done);
        }
      }
      await vi.advanceTimersByTimeAsync(times.quietMs);
      for (const [done] of handed) named.delete(done);
      expect(named.size).toBe(0);
      expect(late).toBeLessThanOrEqual(times.longestMs + 40);
    }),
    { numRuns: 50 },
  );
});
