import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Asked,
  ask,
  askLines,
  bye,
  confirm,
  isAnswerTo,
  isFinal,
  karin,
  send,
} from './lib/hostile/asking.ts';
import { openRawPeer, type RawPeer } from './lib/hostile/raw-peer.ts';
import { allEnded, stillServes } from './lib/hostile/still-serves.ts';
import { type Dialog, requestText, sdp, token, withinDialog } from './lib/pbx/testbed/raw-messages.ts';
import { header, statusOf } from './lib/pbx/testbed/sip-text.ts';
import type { Phone } from './lib/phone/index.ts';
import { RtpEndpoint } from './lib/rtp/index.ts';
import { talk } from './lib/world/talk.ts';
import { World } from './lib/world/world.ts';

// A phone's requests within a listen, as a careless PBX would pass them on: every one of them from the trusted address.

const anna = '0846500403';
const onAnna = `sip:*28*${anna}@acme.example`;

let world: World;
let phone: Phone;
let peer: RawPeer;
beforeAll(async () => {
  world = await World.start();
  phone = await world.phone('karin-desk');
  const customer = await world.customer('+46701111111');
  await talk(customer, await world.phone('anna-desk'), 'sip:+46846500403@acme.example');
  peer = await openRawPeer(world.place.sipPort);
});
afterAll(async () => {
  peer?.close();
  await world?.stop();
});

const asking = async (body = sdp(40_100)): Promise<Asked> => {
  await allEnded(world);
  return ask(peer, askLines(karin, anna, { body }));
};

const listening = async (body?: string): Promise<Dialog> => {
  const { final, dialog } = await asking(body);
  if (!dialog) throw new Error(`The INVITE was refused: ${final.startLine}`);
  return dialog;
};

/** Reasons of the ends recorded since. */
const endsSince = async (count: number) => {
  await allEnded(world);
  return (await world.audit())
    .slice(count)
    .flatMap((record) => (record.record === 'end' ? [record.reason] : []));
};

const audio = 'm=audio 40100 RTP/AVP 8';
const good = sdp(40_100);

describe('an offer', () => {
  it.each([
    ['none', ''],
    ['audio and video', `${good}m=video 40102 RTP/AVP 96\r\n`],
    ['two audio lines', `${good}${audio}\r\n`],
    ['a second m-line behind a bare CR', `${good}a=x\r${audio}\r\n`],
    ['port 0', sdp(0)],
    ['port 70000', sdp(70_000)],
    ['no codec', good.replace(audio, 'm=audio 40100 RTP/AVP')],
    ['a codec nobody has', good.replace('RTP/AVP 8', 'RTP/AVP 97')],
    ['no RTP', good.replace('RTP/AVP', 'TCP/MSRP')],
    ['nonsense', 'm=audio 1 x'],
    ['an origin of 20,000 characters', good.replace('o=-', `o=${'x'.repeat(20_000)}`)],
  ])('is not acceptable: %s', async (_, body) => {
    const { final } = await asking(body);
    expect([statusOf(final), header(final, 'reason')]).toEqual([488, 'SIP;cause=488;text="MediaFailed"']);
  });

  it.each([
    ['an origin of 5,000 characters', good.replace('o=-', `o=${'x'.repeat(5_000)}`)],
    ['an address that is a name', good.replace('c=IN IP4 127.0.0.1', 'c=IN IP4 evil.example')],
    ['no address', good.replace('c=IN IP4 127.0.0.1\r\n', '')],
    ['a multicast address', good.replace('c=IN IP4 127.0.0.1', 'c=IN IP4 224.2.1.1/127')],
    ['IPv6', good.replace('c=IN IP4 127.0.0.1', 'c=IN IP6 ::1')],
    ['SRTP without a key', good.replace('RTP/AVP', 'RTP/SAVP')],
    ['switched off by a=inactive', sdp(40_100, 'inactive')],
    ['15 KB of attributes', good + 'a=x\r\n'.repeat(3_000)],
  ])('is the listening engine’s to judge, and harms nothing: %s', async (_, body) => {
    const { final, dialog } = await asking(body);
    expect([200, 503]).toContain(statusOf(final));
    if (dialog) expect(await bye(peer, dialog)).toBe(200);
  });

  it('decides where the audio goes, be it another host: who may ask may also choose where to hear', async () => {
    const ear = await RtpEndpoint.open({ host: '127.0.0.44' });
    const dialog = await listening(sdp(ear.port).replace('c=IN IP4 127.0.0.1', 'c=IN IP4 127.0.0.44'));
    await ear.hear(10);
    await bye(peer, dialog);
    await ear.close();
  });

  it('of nothing (a=inactive) is answered with nothing', async () => {
    const ear = await RtpEndpoint.open();
    const dialog = await listening(sdp(ear.port, 'inactive'));
    await bye(peer, dialog);
    expect([/a=(\w+)/.exec(dialog.ok.body.split('m=')[1] ?? '')?.[0], ear.received]).toEqual([
      expect.any(String),
      [],
    ]);
    await ear.close();
  });

  it('serves on after all of these', () => stillServes(world, phone, onAnna));
});

describe('a listen', () => {
  it('is one, though its INVITE comes twice and its Call-ID again with another tag', async () => {
    await allEnded(world);
    const before = (await world.audit()).length;
    const lines = askLines(karin, anna);
    peer.send(requestText(peer, lines) + requestText(peer, lines));
    peer.send(requestText(peer, askLines(karin, anna, { callId: lines.callId })));
    const finals = [];
    for (let n = 0; n < 3; n += 1) finals.push(await peer.take(isFinal(lines.callId)));
    expect(finals.map(statusOf).toSorted()).toEqual([200, 482, 486]);
    const ok = finals.find((final) => statusOf(final) === 200);
    const { dialog } = ok ? confirm(peer, ok, 1) : { dialog: undefined };
    if (dialog) await bye(peer, dialog);
    await allEnded(world);
    const reasons = (await world.audit())
      .slice(before)
      .flatMap((record) => (record.record === 'attempt' ? [record.reason] : []));
    expect(reasons.toSorted()).toEqual(['Allowed', 'ListenerLineBusy']);
  });

  it('given up at once is not begun, or undone', async () => {
    await allEnded(world);
    const lines = { ...askLines(karin, anna), branch: token() };
    peer.send(requestText(peer, lines) + requestText(peer, { ...lines, method: 'CANCEL', body: '' }));
    expect(statusOf(await peer.take(isFinal(lines.callId)))).toBe(487);
    expect(statusOf(await peer.take(isFinal(lines.callId, 'CANCEL')))).toBe(200);
    // what was begun is undone behind the answer, and until then the line is taken
    await vi.waitFor(() => stillServes(world, phone, onAnna), { timeout: 5_000, interval: 100 });
  });

  it('is not ended by a CANCEL that comes too late, nor by a BYE with other tags', async () => {
    await allEnded(world);
    const before = (await world.audit()).length;
    const lines = { ...askLines(karin, anna), branch: token() };
    const { dialog } = await ask(peer, lines);
    if (!dialog) throw new Error('refused');
    peer.send(requestText(peer, { ...lines, method: 'CANCEL', body: '' }));
    await peer.take(isFinal(lines.callId, 'CANCEL'));
    const { to, from } = withinDialog('caller', dialog);
    for (const [cseq, over] of [
      [10, { to: `${to}x` }],
      [11, { from: `${from}x` }],
      [12, { callId: token() }],
    ] as const) {
      send(peer, dialog, 'BYE', cseq, over);
      const callId = 'callId' in over ? over.callId : lines.callId;
      expect(statusOf(await peer.take(isFinal(callId, 'BYE')))).toBe(481);
    }
    expect((await world.audit()).slice(before).map(({ record }) => record)).toEqual(['attempt', 'start']);
    expect(await bye(peer, dialog)).toBe(200);
    expect(await endsSince(before)).toEqual(['ListenerHungUp']);
  });

  it('outlives a storm of re-INVITEs: one is looked at, the others are answered 500', async () => {
    const dialog = await listening();
    const { headers = [], ...rest } = withinDialog('caller', dialog);
    const storm = Array.from({ length: 100 }, (_, n) =>
      requestText(peer, { method: 'INVITE', cseq: 10 + n, ...rest, headers, body: sdp(40_102 + 2 * n) }),
    );
    peer.send(storm.join(''));
    const answers = await Promise.all(
      storm.map((_, n) => peer.take(isAnswerTo(dialog, 'INVITE', 10 + n), 8_000)),
    );
    expect([...new Set(answers.map(statusOf))].toSorted()).toEqual([200, 500]);
    expect(await bye(peer, dialog)).toBe(200);
  });

  it.each([
    ['with video', `${good}m=video 40102 RTP/AVP 96\r\n`, 488],
    ['switched off', sdp(0), 488],
    ['that is nonsense', 'v=0\r\nm=audio 1 RTP/AVP 8\r\nc=\r\n', 488],
    ['to another port', sdp(40_104), 200],
    ['without SDP', '', 200],
  ])('goes on after a new offer %s', async (_, body, status) => {
    const dialog = await listening();
    send(peer, dialog, 'INVITE', 2, { body });
    const answer = await peer.take(isAnswerTo(dialog, 'INVITE', 2));
    expect(statusOf(answer)).toBe(status);
    // a 2xx says anew where requests of the dialog go (RFC 3261 §12.2.1.2); an error leaves it as it was
    const ok = status === 200 ? answer : dialog.ok;
    expect(header(ok, 'contact')).toBe(header(dialog.ok, 'contact'));
    if (status === 200) send(peer, { ...dialog, ok }, 'ACK', 2);
    expect(await bye(peer, { ...dialog, ok })).toBe(200);
  });

  it('ends by a BYE that follows on the heels of a re-INVITE', async () => {
    await allEnded(world);
    const before = (await world.audit()).length;
    const dialog = await listening();
    const within = withinDialog('caller', dialog);
    const reinvite = requestText(peer, { method: 'INVITE', cseq: 2, ...within, body: sdp(40_106) });
    peer.send(reinvite + requestText(peer, { method: 'BYE', cseq: 3, ...within }));
    expect(statusOf(await peer.take(isAnswerTo(dialog, 'BYE', 3)))).toBe(200);
    expect(await endsSince(before)).toEqual(['ListenerHungUp']);
  });

  it('answers every other method, and goes on', async () => {
    const dialog = await listening();
    const methods = ['INFO', 'UPDATE', 'PRACK', 'REFER', 'MESSAGE', 'NOTIFY', 'SUBSCRIBE', 'PUBLISH', 'FOO'];
    for (const [n, method] of methods.entries()) {
      send(peer, dialog, method, 20 + n);
      const answer = await peer.take(isAnswerTo(dialog, method, 20 + n));
      expect([method, statusOf(answer) >= 200]).toEqual([method, true]);
    }
    expect(await bye(peer, dialog)).toBe(200);
    await stillServes(world, phone, onAnna);
  });
});
