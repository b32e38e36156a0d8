import { describe, expect, it, vi } from 'vitest';
import type { Notice } from './notice.ts';
import { Notices } from './notices.ts';

const unexpected = (error: unknown): never => {
  throw error;
};
const call = { kind: 'call', people: [] } as const;

describe('notices', () => {
  it('are told together where many come in a short time, the first at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
    const notices = new Notices(unexpected);
    const told: number[] = [];
    notices.follow((some) => told.push(some.length));
    notices.add(call);
    await vi.advanceTimersByTimeAsync(0);
    for (let n = 0; n < 100; n++) notices.add(call);
    await vi.advanceTimersByTimeAsync(9);
    expect(told).toEqual([1]);
    await vi.advanceTimersByTimeAsync(2);
    expect(told).toEqual([1, 100]);
    vi.useRealTimers();
  });

  it('leave as much time for other things as telling them takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] });
    const notices = new Notices(unexpected);
    const told: number[] = [];
    notices.follow((some) => {
      told.push(some.length);
      vi.advanceTimersByTime(40);
    });
    notices.add(call);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([1]);
    notices.add(call);
    await vi.advanceTimersByTimeAsync(39);
    expect(told).toEqual([1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toEqual([1, 1]);
    vi.useRealTimers();
  });

  it('reach the other followers, now and later, where one of them throws', async () => {
    const problems: unknown[] = [];
    const notices = new Notices((error) => problems.push(error));
    const fault = new Error('cannot be told');
    notices.follow(() => {
      throw fault;
    });
    const told: number[] = [];
    notices.follow((some) => told.push(...some.map(({ sequence }) => sequence)));
    notices.add(call);
    await vi.waitFor(() => expect(told).toEqual([1]));
    notices.add(call);
    await vi.waitFor(() => expect(told).toEqual([1, 2]));
    expect(problems).toEqual([fault, fault]);
  });

  it('are kept for who comes back, the latest 20,000 at least, and no more than twice as many', () => {
    const notices = new Notices(unexpected);
    for (let n = 1; n <= 100_000; n++) notices.add(call);
    expect(notices.sequence).toBe(100_000);
    const numbers = (some: readonly Notice[] | undefined) => some?.map(({ sequence }) => sequence);
    expect(numbers(notices.since(99_998))).toEqual([99_999, 100_000]);
    expect(notices.since(80_000)).toHaveLength(20_000);
    expect(notices.since(100_000)).toEqual([]);
    expect(notices.since(59_999)).toBeUndefined();
    expect(notices.since(100_001)).toBeUndefined();
  });
});
