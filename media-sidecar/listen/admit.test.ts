import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SignedInQuestion } from './ask.ts';
import { listening, nothingLeft } from './listening.fixture.ts';

const karinsBrowser: SignedInQuestion = { subject: 'karin@acme.example', on: 'browser', target: 'anna' };
const offer = { kind: 'browser', sdp: 'v=0' } as const;

const admitted = async () => {
  const stage = await listening();
  const outcome = await stage.service.admit(karinsBrowser);
  if (outcome.kind !== 'admitted') throw new Error(outcome.reason);
  return { stage, outcome };
};
const reasonsRecorded = ({ audit }: Awaited<ReturnType<typeof listening>>) =>
  audit.records.map((r) => (r.record === 'start' ? 'start' : `${r.record} ${r.reason}`));

afterEach(() => void vi.useRealTimers());

describe('an attempt whose media is still to come', () => {
  it('has its line and its record; nothing is relayed or played until it joins', async () => {
    const { stage, outcome } = await admitted();
    expect(reasonsRecorded(stage)).toEqual(['attempt Allowed']);
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
    expect(reasonsRecorded(stage)).toEqual(['attempt Allowed', 'end ListenerHungUp']);
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

  it.each([
    ['a login that nobody has', { subject: 'nobody' }, 'ListenerUnknown'],
    ['another company’s colleague', { target: 'nils' }, 'TargetUnknown'],
    ['a device that is not theirs', { on: { device: 'sven-desk' } }, 'DeviceUnknown'],
    ['the mobile app', { on: { device: 'karin-app' } }, 'DeviceNotAllowed'],
    ['oneself', { target: 'karin' }, 'TargetIsListener'],
    ['a listener without the right', { subject: 'eva@acme.example' }, 'ListenerRightMissing'],
    ['the same, of nobody', { subject: 'eva@acme.example', target: 'none' }, 'ListenerRightMissing'],
  ])('is decided by every rule: %s', async (_, of, reason) => {
    const stage = await listening();
    expect(await stage.service.admit({ ...karinsBrowser, ...of })).toMatchObject({ kind: 'refused', reason });
    expect(reasonsRecorded(stage)).toEqual([`attempt ${reason}`]);
  });
});

describe('a device that is called', () => {
  const karinsDesk: SignedInQuestion = { ...karinsBrowser, on: { device: 'karin-desk' } };
  const called = async (ring: () => Promise<string>) => {
    const stage = await listening();
    const outcome = await stage.service.admit(karinsDesk);
    if (outcome.kind !== 'admitted') throw new Error(outcome.reason);
    return { stage, joined: await outcome.join({ kind: 'called', ring }) };
  };

  it('is rung before anything is relayed or played, and hears the call once it answers', async () => {
    const { stage, joined } = await called(async () => 'v=0');
    expect(joined).toMatchObject({ kind: 'joined', sdp: '' });
    const { asked } = stage.engines;
    expect(asked.slice(0, 3)).toEqual(['create', 'create answer', 'query']);
    expect(asked.slice(-2)).toEqual(['play media', 'connect']);
  });

  it('that does not answer leaves nothing, and the one listened to heard no sound', async () => {
    const { stage, joined } = await called(() => Promise.reject(new Error('480')));
    expect(joined).toMatchObject({ kind: 'refused', reason: 'MediaFailed' });
    expect(stage.engines.asked).toEqual(['create', 'delete listener']);
    expect(stage.left()).toEqual(nothingLeft);
  });
});
