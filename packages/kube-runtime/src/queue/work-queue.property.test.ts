import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.fixture.ts';
import { type Outcome, Stage } from './work-queue.fixture.ts';
import { WorkQueue } from './work-queue.ts';

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
