import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { type Rtpengine, startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { connect, type NgClient } from 'rtpengine-ng-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Pbx } from '../observe/pbx.fixture.ts';
import { describeCall } from '../observe/query-to-call.ts';
import { createCallEngine } from './call-engine.ts';
import { createListeningEngine } from './listening-engine.ts';
import { soundOf } from './sound.ts';

const phoneOffer = [
  'v=0',
  'o=- 1 1 IN IP4 127.0.0.1',
  's=-',
  'c=IN IP4 127.0.0.1',
  't=0 0',
  'm=audio 40100 RTP/AVP 8',
  'a=sendrecv',
  '',
].join('\r\n');

let engines: readonly Rtpengine[];
let [callClient, listeningClient]: NgClient[] = [];

beforeAll(async () => {
  const parts = await ensureParts();
  engines = await Promise.all([
    startRtpengine({ parts, role: 'call' }),
    startRtpengine({ parts, role: 'listening' }),
  ]);
  [callClient, listeningClient] = engines.map(({ ng }) => connect({ url: `tcp:127.0.0.1:${ng.tcp}` }));
});
afterAll(async () => {
  callClient?.close();
  listeningClient?.close();
  await Promise.all(engines.map((engine) => engine.stop()));
});

it('two listeners hear a call and a transferred party, and leave without a trace; the call never notices', async () => {
  if (!callClient || !listeningClient) throw new Error('the engines did not start');
  const call = createCallEngine(callClient);
  const listening = createListeningEngine(listeningClient);
  const pbx = new Pbx(callClient);
  const callId = 'call@pbx';
  const mix = 'mix-1';
  const talk = async () => describeCall(await call.query({ callId })).legs.flatMap((leg) => leg.talksWith);
  const relay = async (fromTag: string, tag: string): Promise<string> => {
    const copy = await call.subscribeRequest({ callId, fromTag, label: 'medlyssning' });
    const { sdp } = await listening.publishRelay({ mix, tag, sdp: copy.sdp });
    await call.subscribeAnswer({ callId, toTag: copy.toTag, sdp });
    return copy.toTag;
  };
  await pbx.call(callId, 'caller:1|callee:2');
  const copies = [await relay('a', 'relay-a'), await relay('b', 'relay-b')];

  for (const listen of ['listen-1', 'listen-2']) {
    const tag = `${listen}-tag`;
    expect((await listening.publishListener({ listen, tag, sdp: phoneOffer })).sdp).toContain('m=audio');
    expect(await call.playSound({ callId, tag: 'b', sound: soundOf('TwoNotes') })).toEqual({
      durationMs: 240,
    });
    await listening.connect({ mix, relayTags: ['relay-a', 'relay-b'], listen, tag });
  }
  expect(await talk()).toEqual(['b', 'a']);
  expect(describeCall(await call.query({ callId })).subscriptionsLabelled('medlyssning')).toEqual(copies);

  await pbx.offer(callId, 'a', {});
  await pbx.answer(callId, 'a', 'c', {});
  copies.push(await relay('c', 'relay-c'));
  const relayTags = ['relay-a', 'relay-c'];
  await listening.connect({ mix, relayTags, listen: 'listen-1', tag: 'listen-1-tag' });
  const heard = (await listening.query({ callId: 'listen-1' })).tags.get('listen-1-tag')?.subscriptions;
  expect(heard?.map(({ tag }) => tag)).toEqual(expect.arrayContaining(relayTags));

  await listening.disconnectListener({ listen: 'listen-2', tag: 'listen-2-tag' });
  const left = (await listening.query({ callId: mix })).tags;
  const isUp = (tag: string) =>
    left.get(tag)?.medias.some((m) => m.streams.some((s) => s['local port'] !== undefined));
  expect(['relay-a', 'relay-c', 'listen-1-tag', 'listen-2-tag'].map(isUp)).toEqual([true, true, true, false]);
  for (const toTag of copies) await call.unsubscribe({ callId, toTag });
  await listening.deleteMix({ mix });
  expect(await listening.list()).toEqual([]);
  expect(describeCall(await call.query({ callId })).subscriptionsLabelled('medlyssning')).toEqual([]);
  expect(await talk()).toEqual(['c', 'a']);
  await expect(call.playSound({ callId, tag: 'nobody', sound: soundOf('OneNote') })).rejects.toThrow(
    'play media',
  );
});

it('a listener in doubt goes whether or not it was connected, and those beside it hear on', async () => {
  if (!listeningClient) throw new Error('the engines did not start');
  const listening = createListeningEngine(listeningClient);
  const mix = 'mix-doubt';
  const relayOffer = phoneOffer.replace('sendrecv', 'sendonly');
  for (const tag of ['relay-1', 'relay-2']) await listening.publishRelay({ mix, tag, sdp: relayOffer });
  const published = async (listen: string) => {
    const of = { listen, tag: `${listen}-tag` };
    await listening.publishListener({ ...of, sdp: phoneOffer });
    return of;
  };
  const [first, connected, alone] = [await published('l1'), await published('l2'), await published('l3')];
  const relayTags = ['relay-1', 'relay-2'];
  for (const of of [first, connected]) await listening.connect({ mix, relayTags, ...of });

  await listening.abandonListener(alone);
  expect((await listening.list()).toSorted()).toEqual(['l1', 'l2', mix]);
  await listening.abandonListener(connected);
  const { tags } = await listening.query({ callId: mix });
  const isUp = (tag: string) =>
    tags.get(tag)?.medias.some((m) => m.streams.some((s) => s['local port'] !== undefined));
  expect(['l1-tag', 'l2-tag', 'relay-1'].map(isUp)).toEqual([true, false, true]);
  // asked again, as where an answer was lost; and where all is gone
  await listening.abandonListener(connected);
  await listening.deleteMix({ mix });
  await listening.abandonListener(first);
  await listening.abandonListener(alone);
  expect(await listening.list()).toEqual([]);
});

it('a call that is listened to again and again keeps its few tags, and its audio is offered anew each time', async () => {
  if (!callClient || !listeningClient) throw new Error('the engines did not start');
  const call = createCallEngine(callClient);
  const listening = createListeningEngine(listeningClient);
  const callId = 'long@pbx';
  await new Pbx(callClient).call(callId, 'caller:1|callee:2');
  for (let time = 0; time < 20; time += 1) {
    const mix = `mix-again-${time}`;
    const copies = await Promise.all(
      ['a', 'b'].map(async (fromTag) => {
        const { toTag, sdp } = await call.subscribeRequest({ callId, fromTag, label: 'medlyssning' });
        const published = await listening.publishRelay({ mix, tag: `relay-${fromTag}`, sdp });
        await call.subscribeAnswer({ callId, toTag, sdp: published.sdp });
        return toTag;
      }),
    );
    const { tags } = await call.query({ callId });
    expect(describeCall({ created: 0, tags }).subscriptionsLabelled('medlyssning').toSorted()).toEqual(
      copies.toSorted(),
    );
    expect(copies.map((tag) => tags.get(tag)?.subscriptions.map((of) => of.tag))).toEqual([['a'], ['b']]);
    expect(tags.size).toBe(4);
    await Promise.all(copies.map((toTag) => call.unsubscribe({ callId, toTag })));
    await listening.deleteMix({ mix });
  }
});
