import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserOffer as offer } from './browser-offer.fixture.ts';
import { type OpenDoor, openDoor } from './http-door.fixture.ts';

const sdp = { 'content-type': 'application/sdp' };
const origin = 'https://console.acme.example';

let door: OpenDoor;
let karin: string;
/** The address that Karin, who may hear Anna, was told to bring her offer to. */
let whep: string;
let session: string;
beforeEach(async () => {
  door = await openDoor([origin]);
  karin = await door.issuer.token('karin@acme.example');
  const asked = await door.send('/v1/listens', karin, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ target: 'anna', on: 'browser' }),
  });
  whep = ((await asked.json()) as { whep: string }).whep;
  session = whep.replace(/\/whep$/, '');
});
afterEach(() => door.close());

const post = (body: string, headers: Record<string, string> = sdp) =>
  door.send(whep, karin, { method: 'POST', headers, body });
const reasonOf = async (response: Response) =>
  `${response.status} ${((await response.json()) as { reason: string }).reason}`;
const listens = () => door.stage.service.listens.length;

describe('an offer to the endpoint (draft-ietf-wish-whep-03 §4.2)', () => {
  it('is answered 201 with SDP, the address of the session and a strong ETag', async () => {
    const answered = await post(offer);
    expect(answered.status).toBe(201);
    expect(answered.headers.get('content-type')).toBe('application/sdp');
    expect(answered.headers.get('location')).toBe(session);
    expect(answered.headers.get('etag')).toMatch(/^"[\w-]+"$/);
    expect(await answered.text()).toBe('answer');
  });

  it.each([
    ['of another type', offer, { 'content-type': 'text/plain' }, '415 RequestInvalid'],
    ['of no type', offer, { 'content-type': '' }, '415 RequestInvalid'],
    ['within JSON', JSON.stringify(offer), { 'content-type': 'application/json' }, '415 RequestInvalid'],
    ['that is empty', '', sdp, '422 OfferUnusable'],
    ['that is no SDP', 'listen!', sdp, '422 OfferUnusable'],
    ['without audio', offer.replace('m=audio', 'm=video'), sdp, '422 OfferUnusable'],
    ['without any stream', offer.slice(0, offer.indexOf('m=')), sdp, '422 OfferUnusable'],
    ['that is inactive', offer.replace('recvonly', 'inactive'), sdp, '422 OfferUnusable'],
    ['to send alone', offer.replace('recvonly', 'sendonly'), sdp, '422 OfferUnusable'],
    ['larger than 16 kB', offer.padEnd(17_000, 'a'), sdp, '413 RequestInvalid'],
  ] as const)('%s is turned away, and a better one may follow', async (_, body, headers, answer) => {
    expect(await reasonOf(await post(body, headers))).toBe(answer);
    expect((await post(offer)).status).toBe(201);
  });

  it('may say more of its type', async () => {
    expect((await post(offer, { 'content-type': 'Application/SDP; charset=utf-8' })).status).toBe(201);
  });

  it.each(['application/json', 'application/sdp;q=0', 'video/*'])(
    'is answered with SDP whatever is accepted (%s): 406 would be a counter-offer',
    async (accept) => expect((await post(offer, { ...sdp, accept })).status).toBe(201),
  );

  it('is taken once: the second is refused, and the first goes on', async () => {
    const [one, two] = await Promise.all([post(offer), post(offer)]);
    expect([one.status, two.status].sort()).toEqual([201, 409]);
    expect(await reasonOf(await post(offer))).toBe('409 OfferAnswered');
    expect(listens()).toBe(1);
    const sven = await door.issuer.token('sven@acme.example');
    const others = await door.send(whep, sven, { method: 'POST', headers: sdp, body: offer });
    expect(await reasonOf(others)).toBe('404 ListenUnknown');
  });

  it('comes too late once the session has ended', async () => {
    await door.send(session, karin, { method: 'DELETE' });
    expect(await reasonOf(await post(offer))).toBe('404 ListenUnknown');
  });
});

describe('the session', () => {
  beforeEach(async () => void (await post(offer)));

  it.each([undefined, '"of another session"', '*'])(
    'ends by DELETE, whatever If-Match says (%s, §4.4.1), and is gone then',
    async (ifMatch) => {
      const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
      expect((await door.send(session, karin, { method: 'DELETE', headers })).status).toBe(204);
      expect(listens()).toBe(0);
      expect(await reasonOf(await door.send(session, karin, { method: 'DELETE' }))).toBe('404 ListenUnknown');
      expect((await door.send(session, karin)).status).toBe(404);
    },
  );

  it.each([
    ['trickled candidates', 'application/trickle-ice-sdpfrag', 'a=ice-ufrag:EsAw'],
    ['an ICE restart', 'application/trickle-ice-sdpfrag', 'a=ice-ufrag:new'],
    ['an answer to a counter-offer', 'application/sdp', offer],
    ['anything else', 'text/plain', 'x'.repeat(20_000)],
  ])('takes no PATCH with %s, with or without If-Match, and goes on', async (_, type, body) => {
    for (const ifMatch of [{}, { 'if-match': '*' }, { 'if-match': '"stale"' }]) {
      const headers = { 'content-type': type, ...ifMatch };
      const patched = await door.send(session, karin, { method: 'PATCH', headers, body });
      expect(patched.headers.get('allow')).toBe('DELETE, GET, HEAD, OPTIONS');
      expect(await reasonOf(patched)).toBe('405 NotSupported');
    }
    expect(listens()).toBe(1);
  });
});

describe('of the other methods', () => {
  it('GET and HEAD tell whoever may know of it that it is there, with no content (§4.1)', async () => {
    for (const path of [whep, session])
      for (const method of ['GET', 'HEAD']) {
        const there = await door.send(path, karin, { method });
        expect([there.status, await there.text()]).toEqual([204, '']);
        for (const name of ['sven@acme.example', 'anna@acme.example', 'maja@beta.example']) {
          const token = await door.issuer.token(name);
          expect((await door.send(path, token, { method })).status).toBe(404);
        }
      }
  });

  it.each([
    ['endpoint', ['PUT', 'PATCH', 'DELETE'], 'GET, HEAD, OPTIONS, POST'],
    ['session', ['PUT', 'POST'], 'DELETE, GET, HEAD, OPTIONS'],
  ])('the %s takes none of %s', async (which, methods, allow) => {
    for (const method of methods) {
      const response = await door.send(which === 'session' ? session : whep, karin, { method });
      expect(response.headers.get('allow')).toBe(allow);
      expect(await reasonOf(response)).toBe('405 NotSupported');
    }
  });

  it('OPTIONS says without a token what may be posted, to allowed origins and of any listen alike', async () => {
    for (const path of [whep, '/v1/listens/none/whep']) {
      const asking = { origin, 'access-control-request-method': 'POST' };
      for (const headers of [asking, {}]) {
        const response = await door.send(path, undefined, { method: 'OPTIONS', headers });
        expect(response.status).toBe(200);
        expect(response.headers.get('accept-post')).toBe('application/sdp');
        expect(response.headers.get('accept-patch')).toBeNull();
        expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
      }
      const foreign = { ...asking, origin: 'https://elsewhere.example' };
      const elsewhere = await door.send(path, undefined, { method: 'OPTIONS', headers: foreign });
      expect(elsewhere.headers.get('access-control-allow-origin')).not.toBe(foreign.origin);
      const allowed = await door.send(path, undefined, { method: 'OPTIONS', headers: asking });
      expect(allowed.headers.get('access-control-allow-origin')).toBe(origin);
      expect(allowed.headers.get('access-control-allow-methods')).toContain('DELETE');
    }
  });
});
