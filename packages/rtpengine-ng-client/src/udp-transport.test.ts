import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { connect } from './connect.ts';
import { fakeUdpEngine, pong } from './fake-udp-engine.fixture.ts';
import { encodeMessage } from './ng-message.ts';

it('sends a request again with the same cookie when its answer is lost', async () => {
  await using engine = await fakeUdpEngine((request, reply, nth) => nth > 1 && reply(pong(request)));
  const attempts: number[] = [];
  await using client = connect({
    url: engine.url,
    hooks: { onRetransmit: (_, attempt) => attempts.push(attempt) },
  });
  await client.ping();
  const [first, second] = engine.received;
  expect(second).toEqual(first);
  expect(attempts).toEqual([2]);
});

it('takes the first of two answers and ignores the second', async () => {
  await using engine = await fakeUdpEngine((request, reply) => {
    reply(pong(request));
    reply(pong(request));
  });
  const ignored = Promise.withResolvers<string>();
  await using client = connect({ url: engine.url, hooks: { onIgnored: ignored.resolve } });
  await client.ping();
  expect(await ignored.promise).toBe('unawaited');
});

it('fails at the deadline, and ignores the answer that comes late', async () => {
  let answerNow: () => void = () => {};
  await using engine = await fakeUdpEngine((request, reply) => {
    answerNow = () => reply(pong(request));
  });
  const ignored = Promise.withResolvers<string>();
  await using client = connect({ url: engine.url, hooks: { onIgnored: ignored.resolve } });
  await expect(client.ping({ timeoutMs: 60 })).rejects.toMatchObject({ reason: 'Timeout', command: 'ping' });
  answerNow();
  expect(await ignored.promise).toBe('unawaited');
});

it('does not hear an answer from another address, though its cookie is right', async () => {
  const forger = createSocket('udp4');
  await using engine = await fakeUdpEngine((request, reply, _, from) => {
    const forged = encodeMessage(request.cookie, { result: 'ok', calls: ['forged'] });
    forger.send(forged, from.port, from.address, () => {
      reply(encodeMessage(request.cookie, { result: 'ok', calls: ['true'] }));
    });
  });
  await using client = connect({ url: engine.url });
  expect(await client.list()).toEqual({ calls: ['true'] });
  forger.close();
});

it('passes over noise and waits for the answer', async () => {
  await using engine = await fakeUdpEngine((request, reply) => {
    reply(Buffer.from('noise'));
    reply(pong(request));
  });
  const ignored: string[] = [];
  await using client = connect({ url: engine.url, hooks: { onIgnored: (what) => ignored.push(what) } });
  await client.ping();
  expect(ignored).toEqual(['malformed']);
});

it('says at once when a request is too large for a datagram', async () => {
  await using client = connect({ url: 'udp:127.0.0.1:9' });
  const request = client.playMedia({ 'call-id': 'c1', blob: Buffer.alloc(70_000) });
  await expect(request).rejects.toMatchObject({
    reason: 'TooLarge',
    callId: 'c1',
    message: expect.stringContaining('UDP'),
  });
});

it('finds an engine that comes up while a request waits', async () => {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  const refused = Promise.withResolvers<void>();
  await using client = connect({
    url: `udp:127.0.0.1:${port}`,
    hooks: { onRetransmit: () => refused.resolve() },
  });
  const pinged = client.ping();
  await refused.promise;
  const late = createSocket('udp4', (datagram, from) => {
    late.send(pong({ cookie: String(datagram).split(' ')[0] ?? '', body: {} }), from.port, from.address);
  });
  late.bind(port, '127.0.0.1');
  await pinged;
  late.close();
});

it('says that a name cannot be resolved', async () => {
  await using client = connect({ url: 'udp:engine.invalid:2223' });
  await expect(client.ping({ timeoutMs: 400 })).rejects.toMatchObject({ reason: 'ConnectionLost' });
});

it('stops at an abort and at a close', async () => {
  await using engine = await fakeUdpEngine(() => {});
  await using client = connect({ url: engine.url });
  await expect(client.ping({ signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'Aborted' });
  expect(engine.received).toHaveLength(0);
  const controller = new AbortController();
  const aborted = client.ping({ signal: controller.signal });
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ reason: 'Aborted' });
  const closed = client.ping();
  await client.close();
  await expect(closed).rejects.toMatchObject({ reason: 'Closed' });
  await expect(client.ping()).rejects.toMatchObject({ reason: 'Closed' });
});
