import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, askLines, bye, karin, sven } from './lib/hostile/asking.ts';
import { spoilt } from './lib/hostile/broken-sip.ts';
import { openRawPeer, type RawPeer } from './lib/hostile/raw-peer.ts';
import { metric, stillServes } from './lib/hostile/still-serves.ts';
import { requestText, sdp, token } from './lib/pbx/testbed/raw-messages.ts';
import { statusOf } from './lib/pbx/testbed/sip-text.ts';
import type { Phone } from './lib/phone/index.ts';
import { agentNumber, writeCrowd } from './lib/world/crowd.ts';
import { talk } from './lib/world/talk.ts';
import { World } from './lib/world/world.ts';

const stranger = '127.0.0.9';
const anna = '0846500403';
const onAnna = `sip:*28*${anna}@acme.example`;
const problem = (kind: string) => metric(world, `medlyssning_sip_problems_total{kind="${kind}"}`);

let world: World;
let phone: Phone;
/** A connection from the PBX's address: all it says is believed. */
let peer: RawPeer;
beforeAll(async () => {
  world = await World.start({ tenants: (folder) => writeCrowd(folder, { agents: 1, listeners: 4 }) });
  phone = await world.phone('karin-desk');
  const customer = await world.customer('+46701111111');
  await talk(customer, await world.phone('anna-desk'), 'sip:+46846500403@acme.example');
  const another = await world.customer('+46702222222');
  await talk(another, await world.phone('agent-1-desk'), `sip:${agentNumber(1)}@crowd.example`);
  peer = await openRawPeer(world.place.sipPort);
});
afterAll(async () => {
  peer?.close();
  await world?.stop();
});

describe('a peer that is not trusted', () => {
  it('is closed without a word, however well it asks, and counted', async () => {
    const before = await world.audit();
    for (let n = 0; n < 3; n += 1) {
      const one = await openRawPeer(world.place.sipPort, stranger);
      one.send(requestText(one, askLines(karin, anna)));
      await one.closed;
      expect(one.bytes()).toBe(0);
    }
    expect(await problem('peerRejected')).toBe(3);
    expect(await world.audit()).toEqual(before);
  });

  it('gains nothing by 10,000 connections', async () => {
    const before = await problem('peerRejected');
    for (let wave = 0; wave < 50; wave += 1) {
      const peers = Array.from({ length: 200 }, () =>
        openRawPeer(world.place.sipPort, stranger).then(
          (one) => one.closed,
          () => {},
        ),
      );
      await Promise.all(peers);
    }
    expect(await problem('peerRejected')).toBeGreaterThan(before + 9_000);
    await stillServes(world, phone, onAnna);
  });
});

describe('from the PBX’s address', () => {
  it('1,200 connections are not all taken, and those in use go on', async () => {
    const peers = await Promise.all(Array.from({ length: 1_200 }, () => openRawPeer(world.place.sipPort)));
    await expect.poll(() => problem('tooManyConnections')).toBeGreaterThan(100);
    await stillServes(world, phone, onAnna);
    for (const one of peers) one.close();
  });

  it('what is no SIP, too long, or never whole closes its connection and nothing else', async () => {
    const options = () => requestText(peer, lines('OPTIONS'));
    const length = (value: string) => options().replace(/Content-Length: 0/, `Content-Length: ${value}`);
    const streams: Readonly<Record<string, string | Buffer>> = {
      http: 'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
      binary: Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * 7_919) % 256)),
      'header without end': `OPTIONS sip:a SIP/2.0\r\nX: ${'x'.repeat(40_000)}`,
      'many headers': options().replace('\r\n', `\r\n${'X: y\r\n'.repeat(500)}`),
      'body too long': length('999999'),
      'length below zero': length('-1'),
      'two lengths': options().replace('\r\n\r\n', '\r\nContent-Length: 7\r\n\r\n'),
      'no length': options().replace(/Content-Length: 0\r\n/, ''),
      'nul in a header': options().replace('\r\n\r\n', '\r\nX: a\0b\r\n\r\n'),
      'garbage behind a good message': `${options()}\x01\x02garbage\r\n\r\n`,
      'more promised than sent': length('400'),
      'half a message': options().slice(0, 60),
    };
    const closings = Object.entries(streams).map(async ([what, bytes]) => {
      const one = await openRawPeer(world.place.sipPort);
      await one.sendBytes(bytes);
      await one.closed;
      return [what, one.received.map(statusOf)];
    });
    const slow = async () => {
      const one = await openRawPeer(world.place.sipPort);
      const timer = setInterval(() => one.send('x'), 200);
      await one.closed;
      clearInterval(timer);
    };
    await Promise.all([slow(), ...closings]).then(([, ...closed]) =>
      expect(Object.fromEntries(closed as [string, number[]][])).toEqual({
        ...Object.fromEntries(Object.keys(streams).map((what) => [what, []])),
        'garbage behind a good message': [200],
      }),
    );
    await stillServes(world, phone, onAnna);
  });

  it('an INVITE spoilt in any way is refused or ignored', async () => {
    const before = (await world.audit()).length;
    await fc.assert(
      fc.asyncProperty(spoilt, async (spoil) => {
        const one = await openRawPeer(world.place.sipPort);
        // nobody talks on Bo's number: what gets through is refused
        await one.sendBytes(spoil(requestText(one, askLines(sven, '0846500404'))));
        one.end();
        await one.closed;
      }),
      { numRuns: 300, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    );
    await stillServes(world, phone, onAnna);
    const records = (await world.audit()).slice(before);
    const reasons = records.flatMap((record) => (record.record === 'attempt' ? [record.reason] : []));
    expect(reasons.filter((reason) => reason === 'Allowed')).toHaveLength(1);
  });

  it('an SDP spoilt in any way is refused, or is a listen like any other', async () => {
    const changes = fc.sample(spoilt, { numRuns: 60, seed: 28 });
    const statuses: number[] = [];
    const lane = async (device: number) => {
      const one = await openRawPeer(world.place.sipPort);
      const who = { number: `+4631390065${device}`, device: `listener-${device}-desk` };
      for (let n = device - 1; n < changes.length; n += 4) {
        const lines = askLines(who, '0313900601', { body: changes[n]?.(richSdp) ?? '' });
        let { final, dialog } = await ask(one, lines);
        // the listen before is not down yet
        while (statusOf(final) === 486)
          ({ final, dialog } = await ask(one, { ...lines, callId: token(), from: `${lines.from}x` }));
        statuses.push(statusOf(final));
        if (dialog) expect(await bye(one, dialog)).toBe(200);
      }
      one.close();
    };
    await Promise.all([1, 2, 3, 4].map(lane));
    expect(statuses.filter((status) => ![200, 488, 503].includes(status))).toEqual([]);
    // enough of them came as far as the listening engine
    expect(statuses.filter((status) => status !== 488).length).toBeGreaterThan(15);
    await stillServes(world, phone, onAnna);
  });
});

/** An offer with something of everything that the engine may take an interest in. */
const richSdp = [
  sdp(40_200).trimEnd().replace('RTP/AVP 8', 'RTP/AVP 8 0 111 101'),
  ...['0 PCMU/8000', '8 PCMA/8000', '111 opus/48000/2', '101 telephone-event/8000'].map(
    (map) => `a=rtpmap:${map}`,
  ),
  ...['a=fmtp:111 useinbandfec=1;minptime=10', 'a=fmtp:101 0-16', 'a=ptime:20', 'a=maxptime:60', 'a=mid:0'],
  ...[
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    'a=candidate:1 1 UDP 1 127.0.0.1 40200 typ host',
  ],
  'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj',
  ...[
    'a=rtcp:40201 IN IP4 127.0.0.1',
    'a=rtcp-mux',
    'a=rtcp-fb:* nack',
    'a=extmap:1 urn:x',
    'a=ssrc:1 cname:x',
  ],
  ...[
    'b=AS:64',
    'k=prompt',
    'a=setup:actpass',
    `a=fingerprint:sha-256 ${'AB:'.repeat(31)}AB`,
    'a=group:BUNDLE 0',
    '',
  ],
].join('\r\n');

const lines = (method: string) => ({ ...askLines(karin, anna), method, body: '' });
