import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { CallOptions, KubeApi } from '../api/kube-api.ts';
import { FakeClock } from '../fake-clock.fixture.ts';
import { EventRecorder } from './event-recorder.ts';

/** An API server that refuses as the test says, and notes what it was asked. */
class Stage {
  readonly clock = new FakeClock();
  readonly asked: string[] = [];
  readonly problems: unknown[] = [];
  fault: ((signal: AbortSignal | undefined) => Promise<never>) | undefined;
  readonly recorder: EventRecorder;

  constructor() {
    const answer = async (verb: string, options?: CallOptions): Promise<never> => {
      this.asked.push(verb);
      if (this.fault) return this.fault(options?.signal);
      // What is created is not looked at.
      return undefined as never;
    };
    const api: KubeApi = {
      list: () => answer('list'),
      async *watch() {},
      get: () => answer('get'),
      create: (_, __, ___, options) => answer('create', options),
      apply: () => answer('apply'),
      patch: () => answer('patch'),
      replace: () => answer('replace'),
      delete: () => answer('delete'),
      close: async () => {},
      [Symbol.asyncDispose]: async () => {},
    };
    this.recorder = new EventRecorder({
      api,
      reportingController: 'example.com/maker',
      reportingInstance: 'maker-0',
      clock: this.clock,
      now: () => new Date(this.clock.now()),
      onProblem: (error) => this.problems.push(error),
    });
  }

  record(uid: string, note = 'Does not fit.'): void {
    const regarding = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'default', name: uid, uid };
    this.recorder.record({ regarding, type: 'Warning', reason: 'TooLarge', action: 'Make', note });
  }
}

describe('EventRecorder', () => {
  it('writes what goes on and on every ten seconds at most', async () => {
    const stage = new Stage();
    for (let i = 0; i < 600; i++) {
      stage.record('a');
      await stage.clock.advance(100);
    }
    expect(stage.asked).toEqual(['create', 'patch', 'patch', 'patch', 'patch', 'patch']);
  });

  it('writes 25 kinds of events of one object at once and one more every five minutes, and those of others', async () => {
    const stage = new Stage();
    for (let i = 0; i < 100; i++) stage.record('a', `${i}`);
    stage.record('b');
    await stage.clock.advance(0);
    expect(stage.asked).toHaveLength(26);
    expect(stage.recorder.counters).toMatchObject({ recorded: 101, dropped: 75 });
    await stage.clock.advance(300_000);
    for (let i = 100; i < 110; i++) stage.record('a', `${i}`);
    await stage.clock.advance(0);
    expect(stage.asked).toHaveLength(27);
  });

  it('keeps no more than a bound, whatever is recorded, and begins anew when the old is forgotten', async () => {
    const stage = new Stage();
    for (let i = 0; i < 10_000; i++) stage.record(`${i}`);
    await stage.clock.advance(0);
    expect(stage.recorder.counters).toMatchObject({ created: 4096, dropped: 10_000 - 4096 });
    await stage.clock.advance(600_000);
    stage.record('0');
    await stage.clock.advance(0);
    expect(stage.recorder.counters.created).toBe(4097);
  });

  it('tries again what may pass, five times, and then tells of the problem', async () => {
    const stage = new Stage();
    stage.fault = () => Promise.reject(new ApiUnreachable('Connection', 'Connection refused.'));
    stage.record('a');
    await stage.clock.advance(60_000);
    expect(stage.asked).toHaveLength(5);
    expect(stage.problems).toHaveLength(1);
    expect(stage.recorder.counters).toMatchObject({ created: 0, dropped: 1 });
  });

  it('gives up at once what will not pass', async () => {
    const stage = new Stage();
    stage.fault = () => Promise.reject(new ApiError('No.', { status: 403, reason: 'Forbidden' }));
    stage.record('a');
    await stage.clock.advance(60_000);
    expect(stage.asked).toEqual(['create']);
    expect(stage.problems).toHaveLength(1);
  });

  it('stops although the API server does not answer', async () => {
    const stage = new Stage();
    stage.fault = (signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    stage.record('a');
    const stopped = stage.recorder.stop();
    await stage.clock.advance(2000);
    await stopped;
    stage.record('b');
    expect(stage.asked).toEqual(['create']);
  });
});
