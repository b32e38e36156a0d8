import { expect, it } from 'vitest';
import { Rounds } from './rounds.ts';

it('who asks for the next round waits for one that began later, and shares it with others who ask', async () => {
  const ends: (() => void)[] = [];
  const rounds = new Rounds({
    run: () => new Promise((resolve) => ends.push(resolve)),
    pauseMs: () => 60_000,
  });
  const first = rounds.start();
  let done = 0;
  const waiting = [rounds.next(), rounds.next()].map((next) => next.then(() => (done += 1)));
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  await Promise.resolve();
  expect([ends.length, done]).toEqual([2, 0]);
  ends[1]?.();
  await Promise.all(waiting);
  expect(ends).toHaveLength(2);
  await rounds.stop();
});
