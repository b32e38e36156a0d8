import { expect, it } from 'vitest';
import { connect } from './connect.ts';
import { fakeUdpEngine, pong } from './fake-udp-engine.fixture.ts';
import { encodeMessage } from './ng-message.ts';
import type { NgArguments } from './ng-value.ts';

const answering = (answer: NgArguments) =>
  fakeUdpEngine((request, reply) => reply(encodeMessage(request.cookie, answer)));

it('tells what the engine refused and why, in its own words', async () => {
  await using engine = await answering({ result: 'error', 'error-reason': 'Unknown call-id' });
  await using client = connect({ url: engine.url });
  await expect(client.query({ 'call-id': 'c1' })).rejects.toMatchObject({
    name: 'NgError',
    reason: 'EngineRefused',
    command: 'query',
    callId: 'c1',
    engineReason: 'Unknown call-id',
    message: 'The engine refused query: Unknown call-id',
  });
});

it.each<[string, NgArguments]>([
  ['no result', { sdp: 'v=0' }],
  ['no SDP', { result: 'ok' }],
  ['an SDP that is no string', { result: 'ok', sdp: ['v=0'] }],
])('takes an answer with %s for malformed', async (_, answer) => {
  await using engine = await answering(answer);
  await using client = connect({ url: engine.url });
  const offer = client.offer({ 'call-id': 'c1', 'from-tag': 'a', sdp: 'v=0' });
  await expect(offer).rejects.toMatchObject({ reason: 'Malformed', command: 'offer', callId: 'c1' });
});

it('sends nothing that cannot be encoded', async () => {
  await using client = connect({ url: 'udp:127.0.0.1:9' });
  await expect(client.list({ limit: 1.5 })).rejects.toMatchObject({ reason: 'Malformed', command: 'list' });
});

it('speaks JSON if told to', async () => {
  await using engine = await fakeUdpEngine((request, reply) =>
    reply(encodeMessage(request.cookie, { result: 'ok', calls: ['c1'] }, 'json')),
  );
  await using client = connect({ url: engine.url, format: 'json' });
  expect(await client.list({ limit: 1 })).toEqual({ calls: ['c1'] });
  expect(engine.received[0]?.body).toEqual({ command: 'list', limit: 1 });
});

it('gives every request a cookie of its own, unlike those of other clients', async () => {
  await using engine = await fakeUdpEngine((request, reply) => reply(pong(request)));
  await using one = connect({ url: engine.url });
  await using other = connect({ url: engine.url });
  await Promise.all([one.ping(), one.ping(), other.ping(), other.ping()]);
  expect(new Set(engine.received.map(({ cookie }) => cookie)).size).toBe(4);
});

it('tells its hooks of each request and how it ended, and does not mind what they throw', async () => {
  await using engine = await fakeUdpEngine((request, reply) => {
    const refused = request.body['command'] === 'query';
    reply(refused ? encodeMessage(request.cookie, { result: 'error' }) : pong(request));
  });
  const seen: string[] = [];
  await using client = connect({
    url: engine.url,
    hooks: {
      onRequest: ({ command, callId }) => seen.push(`${command} ${callId}`),
      onAnswer: ({ command }, { ms, error }) => {
        seen.push(`${command} ${error?.reason ?? 'answered'} ${ms >= 0}`);
        throw new Error('a faulty hook');
      },
    },
  });
  await client.ping();
  await expect(client.query({ 'call-id': 'c1' })).rejects.toMatchObject({ engineReason: 'no reason given' });
  expect(seen).toEqual(['ping undefined', 'ping answered true', 'query c1', 'query EngineRefused true']);
});
