import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { connect } from './connect.ts';
import { fakeTcpEngine, ok } from './fake-tcp-engine.fixture.ts';
import type { NgMessage } from './ng-message.ts';

const connectTo = (engine: { readonly url: string }) => connect({ url: engine.url });

it('asks one thing after the other, since rtpengine holds back the second of two answers (Nagle)', async () => {
  let [open, most] = [0, 0];
  await using engine = await fakeTcpEngine((request, socket) => {
    open += 1;
    most = Math.max(most, open);
    setImmediate(() => {
      open -= 1;
      socket.write(ok(request, { calls: [String(request.body['limit'])] }));
    });
  });
  await using client = connectTo(engine);
  const lists = await Promise.all([1, 2, 3].map((limit) => client.list({ limit })));
  expect(lists).toEqual([{ calls: ['1'] }, { calls: ['2'] }, { calls: ['3'] }]);
  expect(most).toBe(1);
  expect(engine.connections).toBe(1);
});

it('goes on to the next when nobody waits any more, and tells a late answer from the one that is due', async () => {
  const late = Promise.withResolvers<NgMessage>();
  await using engine = await fakeTcpEngine(async (request, socket, nth) => {
    if (nth === 1) late.resolve(request);
    else
      socket.write(
        Buffer.concat([ok(await late.promise, { calls: ['late'] }), ok(request, { calls: ['due'] })]),
      );
  });
  const ignored: string[] = [];
  await using client = connect({ url: engine.url, hooks: { onIgnored: (what) => ignored.push(what) } });
  const given = client.list({}, { timeoutMs: 20 });
  const next = client.list();
  await expect(given).rejects.toMatchObject({ reason: 'Timeout' });
  expect(await next).toEqual({ calls: ['due'] });
  expect(ignored).toEqual(['unawaited']);
});

it('reads a large answer that comes in many segments', async () => {
  const calls = Array.from({ length: 10_000 }, (_, i) => `${i}@pbx.acme.example`);
  await using engine = await fakeTcpEngine((request, socket) => {
    const answer = ok(request, { calls });
    for (let at = 0; at < answer.length; at += 7_001) socket.write(answer.subarray(at, at + 7_001));
  });
  await using client = connectTo(engine);
  expect(await client.list({ limit: 10_000 })).toEqual({ calls });
});

it('passes over what it did not ask for, such as a DTMF event', async () => {
  await using engine = await fakeTcpEngine((request, socket) => {
    socket.write('0123456789abcdef d4:code1:1e');
    socket.write(ok(request, { calls: [] }));
  });
  await using client = connectTo(engine);
  expect(await client.list()).toEqual({ calls: [] });
});

it('repeats a query with the same cookie when the connection is reset amid the answer', async () => {
  await using engine = await fakeTcpEngine((request, socket, nth) => {
    const answer = ok(request, { calls: ['c1'] });
    if (nth > 1) socket.write(answer);
    else socket.write(answer.subarray(0, 20), () => socket.resetAndDestroy());
  });
  const states: string[] = [];
  await using client = connect({ url: engine.url, hooks: { onConnection: (state) => states.push(state) } });
  expect(await client.list()).toEqual({ calls: ['c1'] });
  expect(engine.received[1]).toEqual(engine.received[0]);
  expect(states).toEqual(['connected', 'lost', 'connected']);
});

it('does not repeat what may have been done: it fails with ConnectionLost', async () => {
  await using engine = await fakeTcpEngine((_, socket) => socket.resetAndDestroy());
  await using client = connectTo(engine);
  const request = client.unsubscribe({ 'call-id': 'c1', 'to-tag': 't' });
  await expect(request).rejects.toMatchObject({
    reason: 'ConnectionLost',
    command: 'unsubscribe',
    callId: 'c1',
    message: expect.stringContaining('may have been done'),
  });
  expect(engine.received).toHaveLength(1);
});

it('starts afresh on a new connection when the stream loses its framing', async () => {
  await using engine = await fakeTcpEngine((request, socket, nth) => {
    socket.write(nth > 1 ? ok(request, { calls: [] }) : 'no ng at all');
  });
  const ignored: string[] = [];
  await using client = connect({ url: engine.url, hooks: { onIgnored: (what) => ignored.push(what) } });
  expect(await client.list()).toEqual({ calls: [] });
  expect(ignored).toEqual(['malformed']);
  expect(engine.connections).toBe(2);
});

it('waits for an engine that comes up within the deadline, even with a command that must not be repeated', async () => {
  const port = await freePort();
  await using client = connect({ url: `tcp:127.0.0.1:${port}` });
  const deleted = client.delete({ 'call-id': 'c1' });
  const probe = client.ping({ timeoutMs: 30 });
  await expect(probe).rejects.toMatchObject({ reason: 'ConnectionLost', cause: { code: 'ECONNREFUSED' } });
  await using engine = await fakeTcpEngine((request, socket) => socket.write(ok(request)), port);
  expect(await deleted).toEqual({});
  expect(engine.received).toHaveLength(1);
});

it('gives up what waits, unsent, when it is closed', async () => {
  const asked = Promise.withResolvers<() => void>();
  await using engine = await fakeTcpEngine((request, socket) =>
    asked.resolve(() => socket.write(ok(request))),
  );
  const client = connectTo(engine);
  const outcomes = Promise.allSettled([1, 2, 3].map(() => client.ping()));
  const answer = await asked.promise;
  const closed = client.close();
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { reason: 'Closed' } });
  answer();
  await closed;
  expect(engine.received).toHaveLength(1);
});

it('refuses a request that rtpengine could not take in one piece', async () => {
  await using client = connect({ url: 'tcp:127.0.0.1:9' });
  const request = client.playMedia({ 'call-id': 'c1', blob: Buffer.alloc(70_000) });
  await expect(request).rejects.toMatchObject({ reason: 'TooLarge' });
});

it('leaves only when the engine has answered, whoever still waits for it', async () => {
  const asked = Promise.withResolvers<{ readonly request: NgMessage; readonly socket: Socket }>();
  await using engine = await fakeTcpEngine((request, socket) => asked.resolve({ request, socket }));
  const client = connectTo(engine);
  const given = client.ping({ timeoutMs: 5_000 });
  const { request, socket } = await asked.promise;
  const closed = client.close();
  await expect(given).rejects.toMatchObject({ reason: 'Closed' });
  expect(socket.readableEnded).toBe(false);
  socket.write(ok(request));
  await closed;
});

it('takes an engine that is silent for long for gone, and finds the next one', async () => {
  await using engine = await fakeTcpEngine((request, socket) => {
    if (engine.connections > 1) socket.write(ok(request, { calls: [] }));
  });
  await using client = connectTo(engine);
  await expect(client.list({}, { timeoutMs: 2_600 })).rejects.toMatchObject({ reason: 'Timeout' });
  expect(await client.list()).toEqual({ calls: [] });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
