import { afterEach, describe, expect, it, vi } from 'vitest';
import { karinsBrowser, listening, nothingLeft } from './listening.fixture.ts';

const offer = { kind: 'browser', sdp: 'v=0' } as const;

const admitted = async () => {
  const stage = await listening();
  const outcome = await stage.service.admit(karinsBrowser);
  if (outcome.kind !== 'admitted') throw new Error(outcome.reason);
  return { stage, outcome };
};
afterEach(() => void vi.useRealTimers());

describe('an attempt whose media is still to come', () => {
  it('has its line and its record; nothing is relayed or played until it joins', async () => {
    const { stage, outcome } = await admitted();
    expect(stage.audit.reasons()).toEqual(['attempt Allowed']);
    expect(stage.engines.asked).toEqual([]);
    expect(await stage.ask('karin-desk')).toMatchObject({ kind: 'refused', reason: 'ListenerLineBusy' });
    expect(await outcome.join(offer)).toMatchObject({ kind: 'joined', sdp: 'answer' });
    expect(stage.engines.asked).toContain('publish browser');
    expect(stage.engines.hearing).toEqual(new Set([outcome.id]));
  });

  it('gives its line back where no media comes within 10 s, and nobody heard a sound', async () => {
    vi.useFakeTimers();
    const { stage, outcome } = await admitted();
    await vi.advanceTimersByTimeAsync(9_999);
    expect(stage.left().karinsListens).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.left()).toEqual(nothingLeft);
    expect(stage.audit.reasons()).toEqual(['attempt Allowed', 'end ListenerHungUp']);
    expect(await outcome.join(offer)).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    expect(stage.engines.asked).toEqual([]);
  });

  it('cannot join once it was revoked, and is told by which rule', async () => {
    const { stage, outcome } = await admitted();
    const [listen] = stage.service.listens;
    listen?.end('Revoked', 'ListenerRightMissing');
    expect(await outcome.join(offer)).toMatchObject({ kind: 'refused', reason: 'ListenerRightMissing' });
    await listen?.closed;
    expect(stage.left()).toEqual(nothingLeft);
  });

  it('hears nothing where its record could not be written', async () => {
    const stage = await listening();
    stage.audit.fail('attempt');
    const outcome = await stage.service.admit(karinsBrowser);
    if (outcome.kind !== 'admitted') throw new Error(outcome.reason);
    expect(await outcome.join(offer)).toMatchObject({ kind: 'refused', reason: 'AuditUnavailable' });
    expect(stage.left()).toEqual(nothingLeft);
  });
});
