import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.fixture.ts';
import { type WorkHandler, WorkQueue, type WorkQueueOptions } from './work-queue.ts';

type Outcome = 'done' | 'failed';

/** A queue whose handlers end when the test says so. */
class Stage {
  readonly clock = new FakeClock();
  readonly queue: WorkQueue<string>;
  readonly open: { readonly key: string; readonly end: (outcome: Outcome) => void }[] = [];
  readonly handled: string[] = [];
  #stop = new AbortController();
  #ended = Promise.resolve();

  constructor(options: WorkQueueOptions<string> = {}) {
    this.queue = new WorkQueue({ clock: this.clock, random: () => 1, ...options });
  }

  run(workers: number, onTaken: (key: string) => void = () => {}): void {
    const handler: WorkHandler<string> = (key) => {
      onTaken(key);
      this.handled.push(key);
      return new Promise((resolve, reject) => {
        const end = (outcome: Outcome) => (outcome === 'done' ? resolve() : reject(new Error('failed')));
        this.open.push({ key, end });
      });
    };
    this.#stop = new AbortController();
    this.#ended = this.queue.run(workers, handler, this.#stop.signal);
  }

  async end(outcome: Outcome = 'done', which = 0): Promise<void> {
    const [handler] = this.open.splice(which, 1);
    handler?.end(outcome);
    await this.clock.advance(0);
  }

  /** Aborts, and lets the open handlers end. */
  async stop(): Promise<void> {
    this.#stop.abort();
    while (this.open.length > 0) await this.end();
    await this.#ended;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }
}

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

const key = fc.constantFrom('a', 'b', 'c', 'd');
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('later' as const), key, ms: fc.nat(100) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      which: fc.nat(3),
      outcome: fc.constantFrom<Outcome>('done', 'failed'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

describe('WorkQueue under any sequence of calls', () => {
  it('loses no key, and never has a key twice in hand', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 60 }),
        fc.integer({ min: 1, max: 3 }),
        async (actions, workers) => {
          const stage = new Stage({ backoff: { firstMs: 5, maxMs: 50 } });
          const wanted = new Map<string, number>();
          const seen = new Map<string, number>();
          const taken = (key: string) => {
            expect(stage.open.map((handler) => handler.key)).not.toContain(key);
            expect(stage.open.length).toBeLessThan(workers);
            seen.set(key, wanted.get(key) ?? 0);
          };
          const change = (key: string) => wanted.set(key, (wanted.get(key) ?? 0) + 1);
          stage.run(workers, taken);
          for (const step of actions) {
            if (step.do === 'change') {
              change(step.key);
              stage.queue.add(step.key);
            } else if (step.do === 'later') {
              change(step.key);
              stage.queue.addAfter(step.key, step.ms);
            } else if (step.do === 'end') await stage.end(step.outcome, step.which);
            else if (step.do === 'advance') await stage.clock.advance(step.ms);
            else {
              await stage.stop();
              stage.run(workers, taken);
            }
          }
          for (let i = 0; i < 100 && stage.open.length + stage.queue.depth + stage.queue.delayed > 0; i++) {
            await stage.end();
            await stage.clock.advance(100);
          }
          expect(seen).toEqual(wanted);
          expect(stage.queue).toMatchObject({ depth: 0, processing: 0, delayed: 0 });
          await stage.stop();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('ends with the last state handled, in whatever order the handlers’ steps happen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(key, { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, changes, workers) => {
          const queue = new WorkQueue<string>({ clock: new FakeClock() });
          const state = new Map<string, number>();
          const written = new Map<string, number>();
          const inHand = new Set<string>();
          const stop = new AbortController();
          const running = queue.run(
            workers,
            async (key) => {
              expect(inHand.has(key)).toBe(false);
              inHand.add(key);
              const read = state.get(key) ?? 0;
              await scheduler.schedule(Promise.resolve(), `read ${key}`);
              written.set(key, read);
              await scheduler.schedule(Promise.resolve(), `wrote ${key}`);
              inHand.delete(key);
            },
            stop.signal,
          );
          const changing = changes.map((key, i) =>
            scheduler.schedule(Promise.resolve(), `change ${key}`).then(() => {
              state.set(key, i + 1);
              queue.add(key);
            }),
          );
          await scheduler.waitFor(Promise.all(changing));
          queue.drain();
          await scheduler.waitFor(running);
          expect(written).toEqual(state);
        },
      ),
    );
  });
});
