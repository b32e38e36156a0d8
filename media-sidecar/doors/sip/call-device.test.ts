import type { DeviceRow } from '@medlyssning/policy';
import type { OutgoingOptions, SipEndpoint } from '@medlyssning/sip-tcp';
import { pino } from 'pino';
import { type OutgoingInviteRequestDelegate, URI } from 'sip.js/lib/core/index.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallDevice } from './call-device.ts';
import { parsedInvite } from './parsed.fixture.ts';

const autoAnswer = 'Call-Info: <sip:pbx>;answer-after=0';

let sent: OutgoingOptions | undefined;
let delegate: OutgoingInviteRequestDelegate;
let cancels: number;
let byes: number;
const endpoint = {
  contact: new URI('sip', 'medlyssning', '192.0.2.7', 5070, { transport: 'tcp' }),
  invite: (options: OutgoingOptions, then: OutgoingInviteRequestDelegate) => {
    sent = options;
    delegate = then;
    return { cancel: () => void cancels++ };
  },
} as unknown as Pick<SipEndpoint, 'contact' | 'invite'>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const late = new AbortController();
    setTimeout(() => late.abort(), ms);
    return late.signal;
  });
  cancels = 0;
  byes = 0;
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const ring = (kind: DeviceRow['kind'] = 'Desk') => {
  const gone = new AbortController();
  const device = { name: 'karin-desk', kind, address: 'karin-desk@acme.example' };
  const call = createCallDevice({ endpoint, autoAnswer, log: pino({ level: 'silent' }) });
  const hungUp = vi.fn();
  const called = call({ device, shown: 'Anna Berg' });
  const answer = called.ring('v=0 offer', gone.signal, hungUp);
  answer.catch(() => {});
  return { answer, call: called, gone, hungUp };
};
const session = () => ({
  sessionState: 'Confirmed',
  signalingState: 'Stable',
  delegate: {},
  bye: () => void byes++,
});
const accept = (body = 'v=0 answer', dialog = session()) =>
  delegate.onAccept?.({ message: { statusCode: 200, body }, ack: () => {}, session: dialog } as never);

describe('calling a device', () => {
  it('sends our offer through the PBX to its address, and shows whom they will hear', async () => {
    const { answer } = ring();
    expect(sent).toMatchObject({ to: 'sip:karin-desk@acme.example', fromDisplayName: 'Anna Berg' });
    expect(sent?.body?.content).toBe('v=0 offer');
    accept();
    expect(await answer).toBe('v=0 answer');
  });

  it('asks a desk phone to answer by itself, and no other device', () => {
    ring('Desk');
    expect(sent?.extraHeaders).toEqual([autoAnswer]);
    ring('Softphone');
    expect(sent?.extraHeaders).toEqual([]);
  });

  it('stops after 30 s', async () => {
    const { answer } = ring();
    delegate.onProgress?.({} as never);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(cancels).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await expect(answer).rejects.toThrow(/did not answer/);
    expect(cancels).toBe(1);
  });

  it('says CANCEL only once something came back: there is nothing yet that it could be matched with', async () => {
    const { answer, gone } = ring();
    gone.abort();
    await expect(answer).rejects.toThrow();
    expect(cancels).toBe(0);
    delegate.onTrying?.({} as never);
    expect(cancels).toBe(1);
  });

  it('hangs up on an answer that came all the same, on a second one, and on one without a stream', async () => {
    const late = ring();
    late.gone.abort();
    accept();
    expect(byes).toBe(1);
    const forked = ring();
    accept();
    accept();
    expect([await forked.answer, byes]).toEqual(['v=0 answer', 2]);
    const silent = ring();
    accept('');
    await expect(silent.answer).rejects.toThrow();
    expect(byes).toBe(3);
  });

  it('is told of a phone that hangs up before it hears anything', async () => {
    const { answer, hungUp } = ring();
    const dialog: { delegate: { onBye?: (bye: { accept(): void }) => void } } & object = session();
    accept('v=0 answer', dialog as never);
    await answer;
    dialog.delegate.onBye?.({ accept: () => {} });
    expect(hungUp).toHaveBeenCalledOnce();
  });

  it('answers a re-INVITE within the call: a new offer by the listen, one without an offer with ours', async () => {
    const { answer, call } = ring();
    const dialog: { delegate: { onInvite?: (of: object) => void } } & object = session();
    accept('v=0 answer', dialog as never);
    await answer;
    const { promise: ended, resolve: end } = Promise.withResolvers<'Stopped'>();
    call.tie({ id: 'listen-1', ended, end, reoffer: async () => 'v=0 moved' } as never);
    const reinvited = (message: object) =>
      new Promise((accept, reject) => dialog.delegate.onInvite?.({ message, accept, reject }));
    const nothing = parsedInvite([]);
    expect(await reinvited(nothing)).toMatchObject({
      statusCode: 200,
      extraHeaders: expect.arrayContaining(['Contact: <sip:medlyssning@192.0.2.7:5070;transport=tcp>']),
      body: { content: 'v=0 offer' },
    });
    const moved = parsedInvite(['Content-Type: application/sdp'], 'v=0\r\nm=audio 40010 RTP/AVP 8\r\n');
    expect(await reinvited(moved)).toMatchObject({ statusCode: 200, body: { content: 'v=0 moved' } });
    expect(await reinvited(nothing)).toMatchObject({ statusCode: 200, body: { content: 'v=0 moved' } });
  });

  it('rejects with what the device answered', async () => {
    const { answer } = ring();
    delegate.onReject?.({ message: { statusCode: 486 } } as never);
    await expect(answer).rejects.toThrow('486');
  });
});
