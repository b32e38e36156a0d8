import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { hears, partyTone, type Recording } from './lib/audio/index.ts';
import { type BrowserStage, startBrowserStage } from './lib/browser/browser-stage.ts';
import { type Asserted, ask, askLines, bye, isAnswerTo, karin, send, sven } from './lib/hostile/asking.ts';
import { openRawPeer, type RawPeer } from './lib/hostile/raw-peer.ts';
import { openRtpStranger } from './lib/hostile/rtp-stranger.ts';
import { allEnded } from './lib/hostile/still-serves.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { hearing, listenOnly } from './lib/outcome/hearing.ts';
import type { Stage } from './lib/outcome/stage.ts';
import type { Talk } from './lib/outcome/talk.ts';
import { statusOf } from './lib/pbx/testbed/sip-text.ts';
import { type Direction, readSdp, writeSdp } from './lib/phone/phone-sdp.ts';
import { RtpEndpoint, type RtpTarget, tone } from './lib/rtp/index.ts';
import type { World, WorldOptions } from './lib/world/world.ts';

// A stranger on the network, without any account, who sends RTP to each port that listening opens: before the phone does, and
// all the time. docs/security.md says what that comes to.

const anna = '0846500403';
const strangerHz = partyTone(12);
/** What one listen opens: a copy of each party, two ways into the mix, and the listener's own. */
const portsOfOne = { copy: 2, mix: 2, listener: 1 } as const;

let stage: Stage;
let world: World;
let talk: Talk;
let peer: RawPeer;
const set = async (options: WorldOptions = {}) => {
  stage = await acmeStage(['anna'], options);
  ({ world } = stage);
  talk = stage.talkOf('anna');
  peer = await openRawPeer(world.place.sipPort);
};
const strike = async () => {
  peer?.close();
  await stage?.[Symbol.asyncDispose]();
};

// a BYE is answered before the listen is down and its line free
beforeEach(() => allEnded(world));

/** A phone's ear, which says nothing until it is told to. */
const openEar = async (host = '127.0.0.1'): Promise<RtpEndpoint> => {
  const ear = await RtpEndpoint.open({ host });
  onTestFinished(() => ear.close());
  return ear;
};

/** Listens to Anna with an SDP that names `says`. `reoffer`: hold, and back, or to another place. */
const listen = async (says: RtpTarget, who: Asserted = karin) => {
  const body = writeSdp(says, 1, ['PCMA'], 'sendrecv');
  const { final, dialog } = await ask(peer, askLines(who, anna, { body }));
  const to = readSdp(final.body)?.target;
  if (!dialog || !to) throw new Error(`The INVITE came to ${final.startLine}`);
  onTestFinished(async () => void (await bye(peer, dialog)));
  let cseq = 1;
  const reoffer = async (direction: Direction, place = says) => {
    cseq += 1;
    send(peer, dialog, 'INVITE', cseq, { body: writeSdp(place, cseq, ['PCMA'], direction) });
    const answer = await peer.take(isAnswerTo(dialog, 'INVITE', cseq));
    send(peer, dialog, 'ACK', cseq);
    return statusOf(answer);
  };
  return { to, reoffer };
};

const openStranger = async () => {
  const stranger = await openRtpStranger(world, tone(strangerHz));
  onTestFinished(() => stranger[Symbol.asyncDispose]());
  return stranger;
};

const { customerHz, colleagueHz } = { customerHz: partyTone(1), colleagueHz: partyTone(2) };
const bothAndNobodyElse = { [customerHz]: true, [colleagueHz]: true, [strangerHz]: false };
/** What the last 400 ms at an ear hold, after half a second more. */
const heardBy = async (ear: RtpEndpoint) => {
  await ear.hear(25);
  return tonesIn(ear.recording);
};
const tonesIn = (recording: Recording) => {
  const tones = [customerHz, colleagueHz, strangerHz];
  return hears(recording, { tones, from: performance.now() - 400 });
};

describe('a stranger who sends to every port that listening opens', () => {
  beforeAll(() => set());
  afterAll(strike);

  it('gets nothing of a phone’s stream once the phone has spoken, and nothing else at all', async () => {
    const stranger = await openStranger();
    const ear = await openEar();
    const { to, reoffer } = await listen(ear);
    await stranger.found(portsOfOne);
    // what nobody can tell from a phone yet
    await expect.poll(() => stranger.heard(to.port)).toBeGreaterThan(5);

    ear.speakTo(to, 'PCMA');
    await ear.hear(5);
    const before = stranger.heard(to.port);
    expect(await heardBy(ear)).toEqual(bothAndNobodyElse);
    // another listener makes the engine learn anew; hold and resume might
    const another = await openEar();
    another.speakTo((await listen(another, sven)).to, 'PCMA');
    for (let hold = 0; hold < 3; hold += 1) {
      expect([await reoffer('sendonly'), await reoffer('sendrecv')]).toEqual([200, 200]);
      await ear.hear(10);
    }
    expect(await heardBy(ear)).toEqual(bothAndNobodyElse);
    expect(await heardBy(another)).toEqual(bothAndNobodyElse);
    expect(stranger.heard(to.port)).toBe(before);
    expect([stranger.heard('copy'), stranger.heard('mix')]).toEqual([0, 0]);
    expect(await hearing(talk, [])).toEqual(listenOnly(talk));
  });

  it('keeps nothing of a phone behind a NAT, where it has ceased to send before', async () => {
    const stranger = await openStranger();
    const ear = await openEar('127.0.0.2');
    const { to } = await listen({ host: '127.0.0.6', port: 40_100 });
    await stranger.found(portsOfOne);
    stranger.mute();
    ear.speakTo(to, 'PCMA');
    await ear.hear(5);
    const before = stranger.heard(to.port);
    expect(await heardBy(ear)).toEqual(bothAndNobodyElse);
    expect(stranger.heard(to.port)).toBe(before);
  });

  it('gets nothing by a phone that moves, which is sent to where it says before it speaks from there', async () => {
    const stranger = await openStranger();
    const ear = await openEar();
    const { to, reoffer } = await listen(ear);
    await stranger.found(portsOfOne);
    ear.speakTo(to, 'PCMA');
    await ear.hear(5);
    const before = stranger.heard(to.port);
    ear.mute();
    const moved = await openEar('127.0.0.2');
    expect(await reoffer('sendrecv', moved)).toBe(200);
    expect(await heardBy(moved)).toEqual(bothAndNobodyElse);
    expect(stranger.heard(to.port)).toBe(before);
  });

  it('loses what it had of a phone behind a NAT, where that moves', async () => {
    const stranger = await openStranger();
    const { to, reoffer } = await listen({ host: '127.0.0.6', port: 40_100 });
    await stranger.found(portsOfOne);
    // after 3 s the next packet decides for good (docs/facts.md)
    await talk.colleague.rtp.hear(200);
    expect(stranger.heard(to.port)).toBeGreaterThan(100);
    expect(await reoffer('sendrecv', { host: '127.0.0.6', port: 40_102 })).toBe(200);
    // what was under way
    await talk.colleague.rtp.hear(2);
    const before = stranger.heard(to.port);
    await talk.colleague.rtp.hear(50);
    expect(stranger.heard(to.port)).toBe(before);
  });
});

describe('with --endpoint-learning=off', () => {
  beforeAll(() => set({ listeningArgs: ['--endpoint-learning=off'] }));
  afterAll(strike);

  it('gets nothing, and a phone that never sends hears all', async () => {
    const stranger = await openStranger();
    const ear = await openEar();
    await listen(ear);
    await stranger.found(portsOfOne);
    expect(await heardBy(ear)).toEqual(bothAndNobodyElse);
    expect([stranger.heard('listener'), stranger.heard('copy'), stranger.heard('mix')]).toEqual([0, 0, 0]);
  });
});

describe('a stranger to a browser', () => {
  let browser: BrowserStage;
  beforeAll(async () => {
    browser = await startBrowserStage();
    await set(browser.options);
  });
  afterAll(async () => {
    await strike();
    await browser?.[Symbol.asyncDispose]();
  });

  it('gets nothing, not even what it could not decipher, and the browser hears all', async () => {
    const stranger = await openStranger();
    const page = await browser.page();
    const token = await browser.issuer.token('karin@acme.example');
    await page.listen({ token, target: 'anna' });
    await stranger.found(portsOfOne);
    const heard = async () => expect(tonesIn(await page.recording())).toEqual(bothAndNobodyElse);
    await vi.waitFor(heard, { timeout: 10_000, interval: 50 });
    // after 3 s an engine may decide anew
    await talk.colleague.rtp.hear(200);
    await heard();
    expect(await page.packets()).toMatchObject({ streams: 1, lost: 0 });
    expect([stranger.heard('listener'), stranger.heard('copy'), stranger.heard('mix')]).toEqual([0, 0, 0]);
    await page.stop(token);
    await page.close();
  });
});
