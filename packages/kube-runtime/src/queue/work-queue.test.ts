import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.fixture.ts';
import { Stage } from './work-queue.fixture.ts';
import { WorkQueue } from './work-queue.ts';

describe('WorkQueue', () => {
  it('handles a key once, however often it was added before', async () => {
    const stage = new Stage();
    for (const key of ['a', 'b', 'a', 'a']) stage.queue.add(key);
    stage.run(1);
    await stage.clock.advance(0);
    while (stage.open.length > 0) await stage.end();
    expect(stage.handled).toEqual(['a', 'b']);
    await stage.stop();
  });

  it('handles a key once more when it was added while being handled, after the others that wait', async () => {
    const stage = new Stage();
    stage.run(2);
    stage.queue.add('a');
    await stage.clock.advance(0);
    stage.queue.add('a');
    stage.queue.add('a');
    await stage.clock.advance(0);
    expect(stage.open).toHaveLength(1);
    await stage.end();
    expect(stage.handled).toEqual(['a', 'a']);
    await stage.end();
    expect(stage.handled).toEqual(['a', 'a']);
    await stage.stop();
  });

  it('tries a rejected key again, waiting twice as long each time up to the most, and anew after a success', async () => {
    const delays: number[] = [];
    const onRetry = (_: string, __: unknown, ___: number, delayMs: number) => delays.push(delayMs);
    const stage = new Stage({ backoff: { firstMs: 10, maxMs: 35 }, hooks: { onRetry } });
    stage.run(1);
    stage.queue.add('a');
    await stage.clock.advance(0);
    for (const delay of [10, 20, 35, 35]) {
      await stage.end('failed');
      await stage.clock.advance(delay - 1);
      expect(stage.open).toHaveLength(0);
      await stage.clock.advance(1);
      expect(stage.open).toHaveLength(1);
    }
    expect(stage.queue.failuresOf('a')).toBe(4);
    await stage.end('done');
    expect(stage.queue.failuresOf('a')).toBe(0);
    stage.queue.add('a');
    await stage.clock.advance(0);
    await stage.end('failed');
    expect(delays).toEqual([10, 20, 35, 35, 10]);
    await stage.stop();
  });

  it('spreads the retries of keys that failed together', () => {
    const delayWith = (random: number) => new WorkQueue<string>({ random: () => random }).addRateLimited('a');
    expect(delayWith(0)).toBe(2.5);
    expect(delayWith(1)).toBe(5);
  });

  it('lets the earliest of several delays count', async () => {
    const stage = new Stage();
    stage.run(1);
    stage.queue.addAfter('a', 50);
    stage.queue.addAfter('a', 20);
    stage.queue.addAfter('a', 90);
    await stage.clock.advance(19);
    expect(stage.handled).toEqual([]);
    await stage.clock.advance(1);
    expect(stage.handled).toEqual(['a']);
    await stage.end();
    await stage.clock.advance(1000);
    expect(stage.handled).toEqual(['a']);
    await stage.stop();
  });

  it('does not fire at once what is due in half a year', () => {
    const clock = new FakeClock();
    const asked: number[] = [];
    const after = (ms: number) => {
      asked.push(ms);
      return () => {};
    };
    new WorkQueue<string>({ clock: { now: clock.now, after } }).addAfter('a', 180 * 24 * 3_600_000);
    expect(asked).toEqual([2 ** 31 - 1]);
  });

  it('tells depth, age of the oldest, keys in work and delayed, and how long a key waited', async () => {
    const waits: number[] = [];
    const stage = new Stage({ hooks: { onTaken: (_, waitedMs) => waits.push(waitedMs) } });
    stage.queue.add('a');
    await stage.clock.advance(30);
    stage.queue.add('b');
    stage.queue.addAfter('c', 100);
    expect(stage.queue).toMatchObject({ depth: 2, oldestAgeMs: 30, processing: 0, delayed: 1 });
    stage.run(1);
    await stage.clock.advance(12);
    expect(stage.queue).toMatchObject({ depth: 1, oldestAgeMs: 12, processing: 1, delayed: 1 });
    await stage.end();
    expect(waits).toEqual([30, 12]);
    await stage.stop();
  });

  it('keeps what it did not handle before an abort for the next run', async () => {
    const stage = new Stage();
    stage.run(1);
    for (const key of ['a', 'b']) stage.queue.add(key);
    stage.queue.addAfter('c', 1000);
    await stage.clock.advance(0);
    await stage.stop();
    expect(stage.handled).toEqual(['a']);
    expect(stage.clock.pending).toBe(0);
    stage.run(3);
    await stage.clock.advance(0);
    expect(stage.handled).toEqual(['a', 'b', 'c']);
    await stage.stop();
  });

  it('ends when it is drained: what is ready is handled, what is delayed or fails is not waited for', async () => {
    const stage = new Stage();
    stage.run(1);
    for (const key of ['a', 'b']) stage.queue.add(key);
    stage.queue.addAfter('c', 1000);
    await stage.clock.advance(0);
    stage.queue.drain();
    stage.queue.add('d');
    await stage.end('failed');
    await stage.end();
    await stage.ended;
    expect(stage.handled).toEqual(['a', 'b']);
    expect(stage.clock.pending).toBe(0);
  });

  it('refuses to run without workers, and to run twice at once', async () => {
    const stage = new Stage();
    const { signal } = new AbortController();
    await expect(stage.queue.run(0, async () => {}, signal)).rejects.toThrow(RangeError);
    stage.run(1);
    await expect(stage.queue.run(1, async () => {}, signal)).rejects.toThrow('runs already');
    await stage.stop();
  });
});
