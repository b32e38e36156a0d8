import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { ApiUnreachable } from '../api/api-unreachable.ts';
import { expired } from './model-server.fixture.ts';
import { reflecting, told } from './reflector.fixture.ts';

const fault = fc.constantFrom<() => Error>(
  () => new ApiUnreachable('Connection', 'Reset.'),
  () => new ApiUnreachable('Timeout', 'Silent.'),
  () => new ApiUnreachable('Garbled', 'Broken off.'),
  () => new ApiUnreachable('TooLarge', 'Too large.'),
  () => new ApiUnreachable('Credentials', 'File gone.'),
  expired,
  () => new ApiError('Busy.', { status: 429, reason: 'TooManyRequests', retryAfterMs: 3000 }),
  () => new ApiError('Ill.', { status: 500, reason: 'InternalError' }),
  () => new ApiError('Who?', { status: 401, reason: 'Unauthorized' }),
);

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut' as const), fault }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('failNext' as const), faults: fc.array(fault, { maxLength: 7 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(70_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stall' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('compact' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bookmark' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const run = async (steps: readonly Step[]) => {
  const all = reflecting();
  const { server, clock, reflector } = all;
  reflector.start();
  let faults = 0;
  for (const each of steps) {
    if (each.do === 'put') server.put(each.name);
    else if (each.do === 'remove') server.remove(each.name);
    else if (each.do === 'advance') await clock.advance(each.ms);
    else if (each.do === 'stall') server.stall();
    else if (each.do === 'compact') server.compact();
    else if (each.do === 'bookmark') server.bookmark();
    else if (each.do === 'end') server.cut('end');
    else if (each.do === 'cut') server.cut(each.fault());
    else server.failNext(...each.faults.map((make) => make()));
    faults += each.do === 'failNext' ? each.faults.length : Number(each.do !== 'put' && each.do !== 'remove');
  }
  // The longest delay for each failure that is still to come, and the longest silence.
  await clock.advance(steps.length * 7 * 31_000 + 61_000);
  return { ...all, faults };
};

test('after whatever faults and changes: nothing missed, nothing told twice, few requests', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { server, store, changes, reflector, clock, faults } = await run(steps);

      expect(new Map(store.keys().map((key) => [key, store.get(key)]))).toEqual(server.objects);
      const heard = new Map(changes.map(({ key, after }) => [key, after]));
      for (const key of new Set([...heard.keys(), ...server.objects.keys()]))
        expect(heard.get(key)).toEqual(server.objects.get(key));

      const versions = told(changes).filter((each) => !each.startsWith('-'));
      expect(new Set(versions).size).toBe(versions.length);
      expect(reflector.counters.misses).toBe(0);

      // Each fault costs at most a request that fails and one that mends; the rest is what quiet time takes: a watch that says nothing
      // for a minute, since the model sends no bookmarks of its own, and a check every eight.
      const quiet = clock.now() / 60_000 + (2 * clock.now()) / 480_000;
      expect(server.requests).toBeLessThan(3 * faults + 2 * quiet + 10);

      await reflector.stop();
      expect([clock.pending, server.openWatches]).toEqual([0, 0]);
    }),
    { numRuns: 200 },
  );
});
