import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeaseFault } from './fake-lease.fixture.ts';
import { type Candidate, Stage } from './lease-election.fixture.ts';

const names = ['a', 'b', 'c'] as const;
const step = fc.oneof(
  fc.record({
    do: fc.constant('fault' as const),
    name: fc.constantFrom(...names),
    fault: fc.constantFrom<LeaseFault | undefined>(undefined, undefined, 'refuse', 'lose-answer', 'hang'),
  }),
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ do: fc.constant('stall' as const), ms: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ do: fc.constant('stop' as const), name: fc.constantFrom(...names) }),
);

describe('LeaseElection under any sequence of faults', () => {
  it('never has two who may write, and has one again once the faults are over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const stage = new Stage();
        const running = new Map<string, Candidate>();
        const start = (name: string) => running.set(name, stage.candidate(name));
        const writers = () => [...running.values()].filter((candidate) => candidate.mayWrite).length;
        for (const name of names) start(name);
        for (const next of steps) {
          if (next.do === 'stall') stage.clock.stall(next.ms);
          else if (next.do === 'fault') {
            if (next.fault) stage.lease.faults.set(next.name, next.fault);
            else stage.lease.faults.delete(next.name);
          } else if (next.do === 'stop') {
            const ended = running.get(next.name)?.stop();
            await stage.clock.advance(10_000);
            await ended;
            start(next.name);
          } else
            for (let left = next.ms; left > 0; left -= 500) {
              await stage.clock.advance(Math.min(left, 500));
              expect(writers()).toBeLessThanOrEqual(1);
            }
          expect(writers()).toBeLessThanOrEqual(1);
        }
        stage.lease.faults.clear();
        await stage.clock.advance(20_000);
        expect(writers()).toBe(1);
        await Promise.all([...running.values()].map((candidate) => candidate.stop()));
        expect(stage.clock.pending).toBe(0);
      }),
    );
  });
});
