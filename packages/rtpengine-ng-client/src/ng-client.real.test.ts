import { afterAll, describe, expect, it } from 'vitest';
import { ensureParts } from '../../../tools/real/parts.ts';
import { startRtpengine } from '../../../tools/real/rtpengine.ts';
import { connect } from './connect.ts';
import type { NgClient } from './ng-client.ts';

/** `--poller-per-thread`: see "TCP and rtpengine" in the README. */
const extraArgs = ['--poller-per-thread'];
const parts = await ensureParts();
const [callEngine, listeningEngine] = await Promise.all([
  startRtpengine({ parts, role: 'call', extraArgs, rtpPorts: 900 }),
  startRtpengine({ parts, role: 'listening', extraArgs }),
]);
afterAll(async () => {
  await Promise.all([callEngine.stop(), listeningEngine.stop()]);
});

const sdp = (port: number) =>
  [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    'c=IN IP4 127.0.0.1',
    't=0 0',
    `m=audio ${port} RTP/AVP 8 0`,
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:0 PCMU/8000',
    'a=sendrecv',
    '',
  ].join('\r\n');
const flags = ['trust-address'];
const [udp, tcp] = [`udp:127.0.0.1:${callEngine.ng.udp}`, `tcp:127.0.0.1:${callEngine.ng.tcp}`];

async function startCall(client: NgClient, callId: string): Promise<void> {
  const call = { 'call-id': callId, 'from-tag': 'a', flags };
  await client.offer({
    ...call,
    sdp: sdp(50_000),
    label: 'caller',
    metadata: 'domain:acme.example|caller:anna',
  });
  await client.answer({ ...call, 'to-tag': 'b', sdp: sdp(50_002), label: 'callee' });
}

describe.each([
  ['UDP, bencode', { url: udp }],
  ['UDP, JSON', { url: udp, format: 'json' }],
  ['TCP, bencode', { url: tcp }],
] as const)('over %s', (name, options) => {
  it('a call begins, is seen, and ends', async () => {
    await using client = connect(options);
    const callId = `call over ${name}`;
    const call = { 'call-id': callId, 'from-tag': 'a', flags };
    await client.ping();
    const offered = await client.offer({
      ...call,
      sdp: sdp(50_000),
      metadata: 'domain:acme.example|caller:anna',
    });
    expect(offered.sdp).toMatch(/^m=audio \d+ RTP\/AVP 8 0\r$/m);
    expect((await client.query({ 'call-id': callId })).tags.get('a')?.subscribers).toEqual([
      { tag: '', type: 'offer/answer' },
    ]);
    await client.answer({ ...call, 'to-tag': 'b', sdp: sdp(50_002), label: 'callee' });
    expect((await client.list()).calls).toContain(callId);
    const seen = await client.query({ 'call-id': callId });
    expect(Math.abs(seen.created - Date.now() / 1000)).toBeLessThan(10);
    expect(seen.metadata).toBe('domain:acme.example|caller:anna');
    expect(seen.tags.get('b')).toMatchObject({
      tag: 'b',
      label: 'callee',
      subscriptions: [{ tag: 'a', type: 'offer/answer' }],
      medias: [{ type: 'audio', flags: expect.arrayContaining(['send', 'recv']) }],
    });
    const [rtp] = seen.tags.get('b')?.medias[0]?.streams ?? [];
    expect(rtp).toMatchObject({ endpoint: { address: '127.0.0.1', port: 50_002 }, stats: { packets: 0 } });
    expect(offered.sdp).toContain(`m=audio ${rtp?.['local port']} `);
    expect((await client.statistics()).currentstatistics['sessionstotal']).toBeGreaterThan(0);
    expect(await client.delete({ 'call-id': callId, 'from-tag': 'a', 'delete-delay': 0 })).toEqual({});
    expect((await client.list()).calls).not.toContain(callId);
  });

  it('an unknown call is refused in rtpengine’s words, or is a warning', async () => {
    await using client = connect(options);
    await expect(client.query({ 'call-id': 'nobody' })).rejects.toMatchObject({
      reason: 'EngineRefused',
      callId: 'nobody',
      engineReason: 'Unknown call-id',
    });
    expect(await client.delete({ 'call-id': 'nobody' })).toEqual({
      warning: expect.stringMatching(/not found/),
    });
  });
});

it('lists 200 calls made at once, and takes as many away', async () => {
  await using client = connect({ url: tcp });
  const callIds = Array.from({ length: 200 }, (_, i) => `many-${i}@pbx.acme.example`).toSorted();
  await Promise.all(
    callIds.map((callId) => client.offer({ 'call-id': callId, 'from-tag': 'a', sdp: sdp(50_000) })),
  );
  expect((await client.list({ limit: 1_000 })).calls.toSorted()).toEqual(callIds);
  expect((await client.list()).calls).toHaveLength(32);
  await Promise.all(callIds.map((callId) => client.delete({ 'call-id': callId, flags: ['fast'] })));
  expect((await client.list()).calls).toEqual([]);
});

it('lets a listener hear both parties through a second engine, and plays a sound to one of them', async () => {
  await using call = connect({ url: tcp });
  await using listening = connect({ url: `tcp:127.0.0.1:${listeningEngine.ng.tcp}` });
  await startCall(call, 'c1');
  for (const party of ['a', 'b']) {
    const copy = await call.subscribeRequest({ 'call-id': 'c1', 'from-tag': party, 'set-label': 'relay' });
    expect(copy['from-tags']).toEqual([party]);
    expect(copy.sdp).toContain('a=sendonly');
    const relay = await listening.publish({
      'call-id': 'mix',
      'from-tag': `relay-${party}`,
      sdp: copy.sdp,
      flags,
    });
    expect(relay.sdp).toContain('a=recvonly');
    const answer = { 'call-id': 'c1', 'to-tag': copy['to-tag'], sdp: relay.sdp };
    await call.subscribeAnswer({ ...answer, flags: [...flags, 'allow transcoding'] });
  }
  const listener = { 'call-id': 'l1', 'from-tag': 'listener', 'audio player': 'always' } as const;
  await listening.publish({ ...listener, sdp: sdp(50_010), flags: [...flags, 'bidirectional'] });
  const mix = {
    'call-id': 'mix',
    'from-tags': ['relay-a', 'relay-b'],
    'to-call-id': 'l1',
    'to-tag': 'listener',
  };
  await listening.connect({ ...mix, flags: ['directional'], 'audio player': 'always' });
  const mixed = await listening.query({ 'call-id': 'l1' });
  expect(
    mixed.tags
      .get('listener')
      ?.subscriptions.map(({ tag }) => tag)
      .toSorted(),
  ).toEqual(['relay-a', 'relay-b']);

  const relays = [...(await call.query({ 'call-id': 'c1' })).tags.values()].filter(
    ({ label }) => label === 'relay',
  );
  expect(relays.map(({ subscriptions }) => subscriptions)).toEqual(
    expect.arrayContaining([[{ tag: 'a', type: 'pub/sub' }], [{ tag: 'b', type: 'pub/sub' }]]),
  );
  const sound = { 'call-id': 'c1', 'from-tag': 'b', blob: silence(240), flags: ['block-egress'] };
  expect(await call.playMedia(sound)).toEqual({ duration: 240 });
  expect(await call.stopMedia({ 'call-id': 'c1', 'from-tag': 'b' })).toMatchObject({});
  await expect(call.playMedia({ ...sound, 'from-tag': 'nobody' })).rejects.toMatchObject({
    reason: 'EngineRefused',
  });

  for (const relay of relays) await call.unsubscribe({ 'call-id': 'c1', 'to-tag': relay.tag });
  const left = (await call.query({ 'call-id': 'c1' })).tags.get(relays[0]?.tag ?? '');
  expect(left?.medias[0]?.streams[0]).not.toHaveProperty('local port');
  await call.delete({ 'call-id': 'c1' });
  await listening.delete({ 'call-id': 'mix' });
});

it('makes an offer for a device to be called, and takes its answer', async () => {
  await using client = connect({ url: tcp });
  const party = { 'call-id': 'out', 'from-tag': 'device' };
  const created = await client.create({
    ...party,
    codec: { offer: ['PCMA', 'PCMU'] },
    'audio player': 'always',
  });
  expect(created).toMatchObject({ ...party, sdp: expect.stringContaining('PCMA/8000') });
  expect(await client.createAnswer({ ...party, sdp: sdp(50_020) })).toEqual({});
  await client.delete({ 'call-id': 'out' });
});

it('the engine outlives clients that leave amid their requests', async () => {
  const { pid } = callEngine;
  for (let round = 0; round < 50; round++) {
    const client = connect({ url: tcp });
    const asked = Array.from({ length: 10 }, () => client.statistics().catch((error: unknown) => error));
    await client.ping();
    await client.close();
    await Promise.all(asked);
  }
  await using client = connect({ url: tcp });
  await client.ping();
  expect(callEngine.pid).toBe(pid);
});

it('finds the engine again after its restart', async () => {
  await using client = connect({ url: `tcp:127.0.0.1:${listeningEngine.ng.tcp}` });
  await client.ping();
  await listeningEngine.restart();
  expect(await client.list()).toEqual({ calls: [] });
});

/** A WAV file of `ms` milliseconds, 8 kHz, 16 bit, mono. */
function silence(ms: number): Buffer {
  const samples = Buffer.alloc(ms * 16);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8_000, 24);
  header.writeUInt32LE(16_000, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}
