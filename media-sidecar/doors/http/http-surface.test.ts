import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenDoor, openDoor } from './http-door.fixture.ts';

let door: OpenDoor;
afterEach(() => door.close());

const headersOf = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await door.send(path, undefined, { headers, method });
  return { status: response.status, headers: Object.fromEntries(response.headers) };
};

describe('every answer', () => {
  it.each(['/v1/openapi.json', '/v1/colleagues', '/nowhere'])(
    '%s has headers that keep browsers safe',
    async (path) => {
      door = await openDoor();
      const { headers } = await headersOf(path);
      expect(headers).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
    },
  );
});

describe('pages of other origins', () => {
  const asking = { origin: 'https://console.acme.example', 'access-control-request-method': 'POST' };

  it('are let in nowhere, unless the configuration names them', async () => {
    door = await openDoor();
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await headersOf('/v1/listens', asking, method);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('are let in where it does, they alone', async () => {
    door = await openDoor(['https://console.acme.example']);
    const allowed = async (origin: string) =>
      (await headersOf('/v1/listens', { ...asking, origin }, 'OPTIONS')).headers[
        'access-control-allow-origin'
      ];
    expect(await allowed('https://console.acme.example')).toBe('https://console.acme.example');
    expect(await allowed('https://console.acme.example.evil')).not.toBe('https://console.acme.example.evil');
  });
});

describe('limits', () => {
  const post = (path: string, type: string, body: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(door.origin);
      const sent = request({
        hostname,
        port,
        path,
        method: 'POST',
        headers: { 'content-type': type, authorization },
      });
      sent.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  let authorization = '';

  it('hold for bodies: 4 kB, and 16 kB of SDP', async () => {
    door = await openDoor();
    authorization = `Bearer ${await door.issuer.token('karin@acme.example')}`;
    expect(await post('/v1/listens', 'application/json', JSON.stringify({ target: 'a'.repeat(5_000) }))).toBe(
      413,
    );
    expect(await post('/v1/listens/x/whep', 'application/sdp', 'a'.repeat(17_000))).toBe(413);
    expect(await post('/v1/listens/x/whep', 'application/sdp', 'a'.repeat(15_000))).toBe(422);
    expect(await post('/v1/listens/x/whep', 'text/plain', 'v=0')).toBe(415);
  });

  it('hold for attempts: 120 a minute of one person, whoever else is at that address', async () => {
    door = await openDoor();
    const ask = (token?: string) =>
      door.send('/v1/listens', token, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ target: 'nobody', on: 'browser' }),
      });
    const karin = await door.issuer.token('karin@acme.example');
    const statuses: number[] = [];
    for (let n = 0; n < 120; n++) statuses.push((await ask(karin)).status);
    // another token makes nobody another person
    const refused = await ask(await door.issuer.token('karin@acme.example', { roles: ['x'] }));
    expect([new Set(statuses), refused.status]).toEqual([new Set([404]), 429]);
    expect(await refused.json()).toMatchObject({ reason: 'TooManyRequests' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds > 0 && seconds <= 60).toBe(true);
    expect((await ask(await door.issuer.token('sven@acme.example'))).status).toBe(404);
    expect((await ask()).status).toBe(401);
  });

  it('are told as problems', async () => {
    door = await openDoor();
    const token = await door.issuer.token('karin@acme.example');
    const response = await door.send('/v1/explain?target=anna&what=1', token);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, reason: 'RequestInvalid' });
  });
});

it('describes itself in OpenAPI 3.1, every answer included', async () => {
  door = await openDoor();
  const document = (await (await door.send('/v1/openapi.json')).json()) as {
    openapi: string;
    paths: Record<string, Record<string, { summary?: string; responses: object }>>;
    components: { schemas: object };
  };
  expect(document.openapi).toBe('3.1.0');
  for (const methods of Object.values(document.paths))
    for (const { summary, responses } of Object.values(methods)) {
      expect(summary).toEqual(expect.any(String));
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '429', '500', '503']),
      );
    }
});
