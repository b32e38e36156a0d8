import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { partyTone } from './lib/audio/index.ts';
import { type BrowserStage, startBrowserStage } from './lib/browser/browser-stage.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { hearing, listenOnly } from './lib/outcome/hearing.ts';
import { soundsIn } from './lib/outcome/sounds.ts';
import type { Stage } from './lib/outcome/stage.ts';
import type { Talk } from './lib/outcome/talk.ts';
import type { Phone } from './lib/phone/index.ts';
import { tone } from './lib/rtp/index.ts';

let browser: BrowserStage;
let stage: Stage;
let talk: Talk;
let karin: Phone;
const karinHz = partyTone(0);
beforeAll(async () => {
  browser = await startBrowserStage();
  stage = await acmeStage(['anna'], browser.options);
  talk = stage.talkOf('anna');
  karin = await stage.world.phone('karin-desk', { source: tone(karinHz), incoming: { kind: 'ring' } });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await browser?.[Symbol.asyncDispose]();
});

/** Longer than a sound that had begun would last. */
const sounds = async (): Promise<number> => {
  await talk.colleague.rtp.hear(20);
  return soundsIn(talk.colleague.recording).length;
};
let soundsBefore: number;
beforeEach(async () => {
  soundsBefore = await sounds();
});

const api = async (path: string, options: RequestInit = {}) => {
  const token = await browser.issuer.token('karin@acme.example');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const { 'content-type': _, ...bare } = headers;
  const response = await fetch(`${browser.origin}${path}`, {
    ...options,
    headers: options.body ? headers : bare,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
};
const ask = (on: string, signal?: AbortSignal) =>
  api('/v1/listens', {
    method: 'POST',
    body: JSON.stringify({ target: 'anna', on }),
    ...(signal && { signal }),
  });

/** Karin asks to be called, and answers. */
const listens = async () => {
  const asked = ask('karin-desk');
  const call = await karin.incoming.next();
  await call.answer();
  const { status, body } = await asked;
  expect([status, body]).toEqual([201, { id: expect.any(String), target: 'anna', on: 'karin-desk' }]);
  expect((await talk.phone.messages.next()).body).toBe('Karin Ek lyssnar på ditt samtal.');
  return { id: body.id as string, call };
};
const noLonger = async () =>
  expect((await talk.phone.messages.next()).body).toBe('Ingen lyssnar längre på ditt samtal.');

describe('a phone of the listener’s, called by the sidecar', () => {
  it('hears both parties once it answers, and is heard by nobody; hanging up ends the listen', async () => {
    const { call } = await listens();
    const listening = { call };
    expect(await hearing(talk, [{ name: 'karin', hz: karinHz, listening }])).toEqual(
      listenOnly(talk, 'karin'),
    );
    expect(await sounds()).toBe(soundsBefore + 1);
    await call.hangUp();
    await noLonger();
    expect((await api('/v1/listens')).body).toEqual({ listens: [] });
  });

  it('goes on hearing through hold, resume and other ports, and nobody is told anything', async () => {
    const { call } = await listens();
    const heard = () => hearing(talk, [{ name: 'karin', hz: karinHz, listening: { call } }]);
    const origin = /^o=\S+ \d+/m;
    const ours = origin.exec(call.remoteSdp ?? '')?.[0];
    expect(ours).toMatch(origin);
    expect(await call.hold()).toBe(200);
    expect(origin.exec(call.remoteSdp ?? '')?.[0]).toBe(ours);
    expect(call.remoteSdp).toMatch(/a=(recvonly|inactive)/);
    expect(await call.resume()).toBe(200);
    expect(await heard()).toEqual(listenOnly(talk, 'karin'));
    expect(await call.move()).toBe(200);
    expect(await heard()).toEqual(listenOnly(talk, 'karin'));
    expect(await sounds()).toBe(soundsBefore + 1);
    await call.hangUp();
    await noLonger();
  });

  it('is hung up where the listen is ended, with the reason', async () => {
    const { id, call } = await listens();
    expect((await api(`/v1/listens/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call.ended).reason).toContain('ListenerHungUp');
    await noLonger();
  });

  it('that refuses is told as such: no sound was played, and the line is free', async () => {
    const asked = ask('karin-desk');
    const call = await karin.incoming.next();
    await call.hangUp();
    expect(await asked).toMatchObject({ status: 503, body: { reason: 'MediaFailed' } });
    expect(await sounds()).toBe(soundsBefore);
    expect((await api('/v1/listens')).body).toEqual({ listens: [] });
  });

  it('stops ringing where the one who asked goes away', async () => {
    const gone = new AbortController();
    const asked = ask('karin-desk', gone.signal);
    const call = await karin.incoming.next();
    gone.abort();
    await expect(asked).rejects.toThrow();
    expect(await call.ended).toMatchObject({ how: 'cancelled' });
    expect(await sounds()).toBe(soundsBefore);
  });

  it.each([
    ['the mobile app', 'karin-app', 403, 'DeviceNotAllowed'],
    ['somebody else’s', 'sven-desk', 403, 'DeviceUnknown'],
    ['one that has a number alone', 'karin-mobile', 422, 'DeviceNotCallable'],
  ])('is not called where it is %s', async (_, on, status, reason) => {
    expect(await ask(on)).toMatchObject({ status, body: { reason } });
  });
});
