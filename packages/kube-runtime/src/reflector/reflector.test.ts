import { describe, expect, test } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { ApiUnreachable } from '../api/api-unreachable.ts';
import { MissedChanges } from './miss-check.ts';
import { expired } from './model-server.fixture.ts';
import { reflecting, told } from './reflector.fixture.ts';

const started = async () => {
  const all = reflecting();
  all.server.put('a');
  all.server.put('b');
  all.reflector.start();
  await all.reflector.synced;
  await all.clock.advance(0);
  return all;
};

const reset = () => new ApiUnreachable('Connection', 'Reset.');
const refused = (status: number, retryAfterMs?: number) =>
  new ApiError('Refused.', { status, reason: 'Test', retryAfterMs });

test('lists, then follows', async () => {
  const { server, changes, clock, reflector } = await started();
  server.put('a');
  server.remove('b');
  server.put('c');
  await clock.advance(0);
  expect(told(changes)).toEqual(['a@101', 'b@102', 'a@103', '-b', 'c@105']);
  await reflector.stop();
});

test('more than a page is listed as of one moment', async () => {
  const { server, store, reflector, changes } = reflecting();
  for (let n = 0; n < 1234; n++) server.put(`n${n}`);
  reflector.start();
  await reflector.synced;
  expect(server.requests).toBe(3);
  expect(store.size).toBe(1234);
  expect(changes).toHaveLength(1234);
  await reflector.stop();
});

describe('a watch that breaks is resumed where it was, without a list', () => {
  test.each([
    ['reset', reset()],
    ['silent', new ApiUnreachable('Timeout', 'Silent.')],
    ['truncated JSON', new ApiUnreachable('Garbled', 'Broken off.')],
    ['500', refused(500)],
    ['429', refused(429)],
    ['token expired', refused(401)],
  ])('%s', async (_, error) => {
    const { server, changes, clock, reflector } = await started();
    server.cut(error);
    await clock.advance(0);
    server.put('c');
    server.remove('a');
    await clock.advance(1000);
    expect(told(changes).slice(2)).toEqual(['c@103', '-a']);
    expect(reflector.counters).toMatchObject({ lists: 1, watches: 2, failures: 1, relists: 0 });
    await reflector.stop();
  });
});

describe('what cannot be resumed is listed, and what was deleted meanwhile is found', () => {
  test.each([
    ['410 in the watch', expired()],
    ['403', refused(403)],
    ['400', refused(400)],
  ])('%s', async (_, error) => {
    const { server, changes, clock, reflector } = await started();
    server.cut(error);
    await clock.advance(0);
    server.remove('a');
    server.put('c');
    server.compact();
    await clock.advance(1000);
    expect(told(changes).slice(2)).toEqual(['c@104', '-a']);
    expect(reflector.counters).toMatchObject({ lists: 2, relists: 1 });
    await reflector.stop();
  });

  test('410 as answer to the resumed watch', async () => {
    const { server, changes, clock, reflector } = await started();
    server.cut(reset());
    await clock.advance(0);
    server.remove('a');
    server.compact();
    await clock.advance(2000);
    expect(told(changes).slice(2)).toEqual(['-a']);
    expect(reflector.counters).toMatchObject({ lists: 2, relists: 1, failures: 2 });
    await reflector.stop();
  });
});

test('a lost connection takes nothing out of the store, however long it is lost', async () => {
  const { server, store, clock, reflector, problems } = await started();
  const confirmed = reflector.lastConfirmedAt;
  server.failNext(...Array.from({ length: 1000 }, reset));
  server.cut(reset());
  await clock.advance(3_600_000);
  expect(store.size).toBe(2);
  expect(reflector.lastConfirmedAt).toBe(confirmed);
  expect(reflector.hasSynced).toBe(true);
  expect(problems.findLast(({ during }) => during === 'watch')?.retryInMs).toBe(30_000 * 0.75);
  await reflector.stop();
});

test('silence is not taken for peace: a stalled watch is given up and resumed', async () => {
  const { server, changes, clock, reflector } = await started();
  server.stall();
  server.put('a');
  await clock.advance(59_000);
  expect(told(changes)).toHaveLength(2);
  await clock.advance(2000);
  expect(told(changes).slice(2)).toEqual(['a@103']);
  expect(server.openWatches).toBe(1);
  await reflector.stop();
});

test('a bookmark keeps a watch alive, vouches for the store and saves a list after a compaction', async () => {
  const { server, clock, reflector } = await started();
  await clock.advance(50_000);
  server.put('other');
  server.bookmark();
  await clock.advance(50_000);
  expect(reflector.counters).toMatchObject({ watches: 1, bookmarks: 1, lists: 1 });
  expect(clock.now() - (reflector.lastConfirmedAt ?? 0)).toBe(50_000);
  server.compact();
  server.cut('end');
  await clock.advance(1000);
  expect(reflector.counters).toMatchObject({ watches: 2, lists: 1 });
  await reflector.stop();
});

test('Retry-After is kept to, up to a minute', async () => {
  const { server, clock, reflector, problems } = await started();
  server.cut(refused(429, 7000));
  await clock.advance(6999);
  expect(reflector.counters.watches).toBe(1);
  await clock.advance(1000);
  expect(reflector.counters.watches).toBe(2);
  server.cut(refused(429, 86_400_000));
  await clock.advance(0);
  expect(problems.at(-1)?.retryInMs).toBe(63_000);
  await reflector.stop();
});

test('an API server that answers and breaks off again is not run down', async () => {
  const { server, clock, reflector } = await started();
  for (let n = 0; n < 600; n++) {
    server.put('a');
    server.cut(reset());
    await clock.advance(1000);
  }
  expect(reflector.counters.watches).toBeLessThan(40);
  await reflector.stop();
});

test('after a time of health the first failure is forgotten soon', async () => {
  const { server, clock, reflector, problems } = await started();
  for (let n = 0; n < 5; n++) {
    server.cut(reset());
    await clock.advance(30_000);
  }
  server.bookmark();
  server.cut(reset());
  await clock.advance(0);
  server.cut(reset());
  await clock.advance(30_000);
  expect(problems.at(-1)?.retryInMs).toBeLessThan(201);
  await reflector.stop();
});

test('an event that never can be read is gone round by a list', async () => {
  const { server, clock, reflector } = await started();
  server.failNext(...Array.from({ length: 4 }, () => new ApiUnreachable('TooLarge', 'Too large.')));
  server.cut(reset());
  await clock.advance(60_000);
  expect(reflector.counters).toMatchObject({ relists: 1, lists: 2 });
  await reflector.stop();
});

describe('an etcd restored from a backup is listed, not taken for one where nothing happens', () => {
  test('when a bookmark goes back in time', async () => {
    const { server, store, clock, reflector } = await started();
    server.restoreEmpty();
    server.bookmark();
    await clock.advance(1000);
    expect(store.size).toBe(0);
    expect(reflector.counters).toMatchObject({ relists: 1, lists: 2 });
    await reflector.stop();
  });

  test('when watches from a later time end one after the other and tell nothing', async () => {
    const { server, store, clock, reflector } = await started();
    server.restoreEmpty();
    for (let n = 0; n < 5; n++) {
      await clock.advance(45_000);
      server.cut('end');
    }
    await clock.advance(1000);
    expect(store.size).toBe(0);
    expect(reflector.counters).toMatchObject({ relists: 1, lists: 2, failures: 0 });
    await reflector.stop();
  });
});

test('a check counts what the watch should have told, and mends it', async () => {
  const { server, store, clock, reflector, problems } = await started();
  server.removeUnseen('a');
  await clock.advance(30_000);
  server.bookmark();
  expect(store.size).toBe(2);
  for (let n = 0; n < 22; n++) {
    await clock.advance(30_000);
    server.bookmark();
  }
  await clock.advance(1000);
  expect(store.keys()).toEqual(['acme/b']);
  expect(reflector.counters).toMatchObject({ checks: 1, misses: 1 });
  expect(problems.at(-1)?.error).toBeInstanceOf(MissedChanges);
  await reflector.stop();
});

test('a check of a store that is only behind counts nothing', async () => {
  const { server, clock, reflector } = await started();
  for (let n = 0; n < 100; n++) {
    server.put(`n${n}`);
    server.remove(`n${n - 1}`);
    await clock.advance(30_000);
  }
  expect(reflector.counters.checks).toBeGreaterThan(3);
  expect(reflector.counters).toMatchObject({ misses: 0, lists: 1 });
  await reflector.stop();
});

test('stop ends the watch, the timers and all changes', async () => {
  const { server, clock, reflector, changes } = await started();
  await reflector.stop();
  server.put('a');
  await clock.advance(3_600_000);
  expect(changes).toHaveLength(2);
  expect(clock.pending).toBe(0);
  expect(server.openWatches).toBe(0);
});

test('stop before the first list ends the wait for it', async () => {
  const { server, clock, reflector, store } = reflecting();
  server.failNext(...Array.from({ length: 1000 }, reset));
  reflector.start();
  await clock.advance(100_000);
  await reflector.stop();
  await expect(reflector.synced).rejects.toThrow(/was stopped/);
  expect([reflector.hasSynced, store.size, clock.pending]).toEqual([false, 0, 0]);
});
