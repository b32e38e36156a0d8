import { describe, expect, it } from 'vitest';
import { noon } from './book.fixture.ts';
import { newCall } from './call-state.ts';
import { EndedCalls } from './ended-calls.ts';

const ended = (callId: string, startedAt: number) =>
  newCall({ callId, startedAt, startSeen: true, seenAt: startedAt });

describe('calls that are over', () => {
  it('are remembered whole, then by their start, then as any', () => {
    const calls = new EndedCalls(1);
    for (const [n, callId] of ['a', 'b', 'c'].entries()) calls.add(ended(callId, noon + n), noon + 10 + n);
    expect(['a', 'b', 'c'].map((callId) => calls.has(callId))).toEqual([false, true, true]);
    expect(calls.take('c')).toMatchObject({ startedAt: noon + 2, state: { callId: 'c' } });
    expect(calls.take('b')).toMatchObject({ startedAt: noon + 1, state: undefined });
    expect(calls.take('b')).toBeUndefined();
    expect([calls.lostSince(noon + 60_010), calls.lostSince(noon + 60_011)]).toEqual([noon, undefined]);
  });

  it('are forgotten once the call engine has not listed them for a minute', () => {
    const calls = new EndedCalls(1);
    for (const callId of ['a', 'b']) calls.add(ended(callId, noon), noon);
    calls.keepListed(new Set(['a']), noon + 60_001);
    expect(['a', 'b'].map((callId) => calls.has(callId))).toEqual([true, false]);
    calls.keepListed(new Set(), noon + 120_002);
    expect(calls.has('a')).toBe(false);
  });
});
