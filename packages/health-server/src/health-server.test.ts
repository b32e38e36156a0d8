import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Gauge, Registry } from 'prom-client';
import { afterEach, describe, expect, it } from 'vitest';
import { type HealthServer, openHealthServer, type Probes } from './health-server.ts';

const loopback = { host: '127.0.0.1', port: 0 };
let server: HealthServer | undefined;
afterEach(() => server?.close());

const start = async (registry = new Registry(), missing: readonly string[] = [], probes?: Probes) => {
  server = await openHealthServer(loopback, registry, () => missing, probes);
  return server;
};

const get = async (path: string, method = 'GET') => {
  const answered = await fetch(`http://127.0.0.1:${server?.port}${path}`, { method });
  return [answered.status, await answered.text()] as const;
};

/** What raw bytes are answered with, until the server closes. */
const raw = async (bytes: string): Promise<string> => {
  const socket = connect(server?.port ?? 0, '127.0.0.1');
  socket.on('error', () => {});
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
  });
  socket.write(bytes);
  await once(socket, 'close');
  return text;
};

describe('the health server', () => {
  it('says that the process answers, and whether it is ready', async () => {
    await start();
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
    expect(await get('/readyz')).toEqual([200, 'ready\n']);
  });

  it('says what is missing', async () => {
    await start(new Registry(), ['call engine', 'policy']);
    expect(await get('/readyz')).toEqual([503, 'not ready: call engine, policy\n']);
  });

  it('says of a further probe whether it holds, whatever else is missing, and nothing more', async () => {
    let up = false;
    await start(new Registry(), ['draining'], new Map([['/healthz/engine', () => up]]));
    expect(await get('/healthz/engine')).toEqual([503, 'not ok\n']);
    up = true;
    expect(await get('/healthz/engine')).toEqual([200, 'ok\n']);
    expect((await get('/healthz/engine', 'POST'))[0]).toBe(405);
    expect((await get('/healthz/engine/x'))[0]).toBe(404);
    expect(await get('/healthz')).toEqual([200, 'ok\n']);
  });

  it('answers 500 where a probe fails', async () => {
    const failing = () => {
      throw new Error('no state');
    };
    await start(new Registry(), [], new Map([['/healthz/engine', failing]]));
    expect(await get('/healthz/engine')).toEqual([500, '']);
  });

  it('shows the metrics', async () => {
    const registry = new Registry();
    new Gauge({ name: 'calls', help: 'Calls.', registers: [registry] }).set(3);
    await start(registry);
    expect(await get('/metrics')).toEqual([200, expect.stringContaining('\ncalls 3\n')]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD'])('answers %s with 405', async (method) => {
    await start();
    const answered = await fetch(`http://127.0.0.1:${server?.port}/metrics`, { method });
    expect([answered.status, answered.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it.each(['/', '/metrics/..%2f', '/healthz?x=1', '//etc/passwd', '/%00'])(
    'knows nothing of %s',
    async (path) => {
      await start();
      expect((await get(path))[0]).toBe(404);
    },
  );

  it('refuses what is too long, and what is no HTTP', async () => {
    await start();
    expect(await raw(`GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await raw('INVITE sip:a SIP/2.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect((await get('/healthz'))[0]).toBe(200);
  });

  it('answers 500 where the metrics cannot be gathered, and goes on', async () => {
    const registry = new Registry();
    new Gauge({
      name: 'broken',
      help: 'Broken.',
      registers: [registry],
      collect: () => {
        throw new Error('no state');
      },
    });
    await start(registry);
    expect((await get('/metrics'))[0]).toBe(500);
    expect((await get('/healthz'))[0]).toBe(200);
  });

  it('takes no more than 64 connections, and is there again when they are gone', async () => {
    const { port } = await start();
    const sockets = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    let closed = 0;
    const turnedAway = new Promise<void>((resolve) => {
      for (const socket of sockets) {
        socket.on('error', () => {});
        socket.on('close', () => {
          closed += 1;
          if (closed === 36) resolve();
        });
      }
    });
    await turnedAway;
    for (const socket of sockets) socket.destroy();
    await expect.poll(() => get('/healthz').catch(() => [])).toEqual([200, 'ok\n']);
  });

  it('gives up a request that never becomes whole', { timeout: 10_000 }, async () => {
    await start();
    expect(await raw('GET /healthz HTTP/1.1\r\nHost: a\r\nX: ')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('closes although a client keeps its connection', async () => {
    const { port, close } = await start();
    const kept = request({ port, path: '/healthz', headers: { connection: 'keep-alive' } }).end();
    await once(kept, 'response');
    kept.on('error', () => {});
    await close();
    server = undefined;
  });
});
