import fc from 'fast-check';
import { encodeMessage, type NgArguments } from 'rtpengine-ng-client';
import { describe, expect, it } from 'vitest';
import { hepPacket } from './hep.fixture.ts';
import { type HepPacket, parseHep3 } from './hep3.ts';
import { Mirror } from './mirror.ts';

const t0 = 1_700_000_000_000;
const pbx = 5000;
const engine = 2223;

const packet = (from: number, to: number, at: number, payload: Buffer | string): HepPacket => {
  const parsed = parseHep3(hepPacket({ from, to, at, payload }));
  if (!parsed) throw new Error('the fixture is broken');
  return parsed;
};
const request = (cookie: string, body: NgArguments, at = t0, format: 'bencode' | 'json' = 'bencode') =>
  packet(pbx, engine, at, encodeMessage(cookie, body, format));
const answer = (cookie: string, body: NgArguments = { result: 'ok' }, at = t0 + 1) =>
  packet(engine, pbx, at, encodeMessage(cookie, body));

const offer = {
  command: 'offer',
  'call-id': 'c1',
  'from-tag': 'a',
  label: 'caller',
  metadata: 'caller:1|callee:2',
};
const offered = {
  kind: 'offered',
  callId: 'c1',
  fromTag: 'a',
  toTag: undefined,
  label: 'caller',
  viaBranch: undefined,
  metadata: { domain: undefined, caller: '1', callee: '2' },
  at: t0,
  doneAt: t0 + 1,
};

describe('Mirror', () => {
  it.each(['bencode', 'json'] as const)('tells of an offer once the engine took it (%s)', (format) => {
    const mirror = new Mirror();
    expect(mirror.take(request('k1', offer, t0, format))).toBeUndefined();
    expect(mirror.take(answer('k1'))).toEqual(offered);
  });

  it('reads Kamailio’s flags in one string too', () => {
    const mirror = new Mirror();
    const { label, metadata, ...plain } = offer;
    const flags = `replace-origin trust-address label=${label} metadata=${metadata}`;
    mirror.take(request('k1', { ...plain, 'rtpp-flags': flags }));
    expect(mirror.take(answer('k1'))).toEqual(offered);
  });

  it.each([
    ['an error', offer, { result: 'error', 'error-reason': 'Ran out of ports' }],
    [
      'a delete that matched nothing',
      { command: 'delete', 'call-id': 'c1', 'from-tag': 'a' },
      { result: 'ok', warning: 'x' },
    ],
    ['an answer without to-tag', { command: 'answer', 'call-id': 'c1', 'from-tag': 'a' }, { result: 'ok' }],
  ])('%s is no event', (_, body, reply) => {
    const mirror = new Mirror();
    mirror.take(request('k1', body));
    expect(mirror.take(answer('k1', reply))).toBeUndefined();
    expect(mirror.counters.refused).toBe(1);
  });

  it('takes no notice of questions, be they ours or others’', () => {
    const mirror = new Mirror();
    for (const command of ['query', 'list', 'subscribe request', 'play media', 'ping']) {
      const cookie = command.replace(' ', '-');
      mirror.take(request(cookie, { command, 'call-id': 'c1' }));
      expect(mirror.take(answer(cookie))).toBeUndefined();
    }
    expect(mirror.counters).toMatchObject({ packets: 10, events: 0, refused: 0, malformed: 0 });
  });

  it('counts a retransmitted request once, also long after', () => {
    const mirror = new Mirror();
    mirror.take(request('k1', offer));
    mirror.take(request('k1', offer, t0 + 0.5));
    expect(mirror.take(answer('k1'))).toBeDefined();
    for (const at of [t0 + 500, t0 + 55_000]) {
      mirror.take(request('k1', offer, at));
      expect(mirror.take(answer('k1', { result: 'ok' }, at + 1))).toBeUndefined();
    }
    expect(mirror.counters.repeated).toBe(2);
  });

  it('keeps the same cookie of two PBXs apart', () => {
    const mirror = new Mirror();
    mirror.take(request('k1', offer));
    mirror.take(packet(5001, engine, t0, encodeMessage('k1', { ...offer, 'call-id': 'c2' })));
    expect(mirror.take(packet(engine, 5001, t0 + 1, encodeMessage('k1', { result: 'ok' })))?.callId).toBe(
      'c2',
    );
    expect(mirror.take(answer('k1'))?.callId).toBe('c1');
  });

  it('believes a delete whose answer was cut for being too long', () => {
    const mirror = new Mirror();
    mirror.take(request('k1', { command: 'delete', 'call-id': 'c1', 'from-tag': 'a' }));
    const long = encodeMessage('k1', { tags: { a: 'x'.repeat(5000) }, result: 'ok' });
    expect(mirror.take(packet(engine, pbx, t0 + 1, long.subarray(0, 4000)))?.kind).toBe('deleted');
  });

  it('gives up waiting for answers that do not come', () => {
    const mirror = new Mirror();
    mirror.take(request('k1', offer));
    mirror.take(request('k2', { ...offer, 'call-id': 'c2' }, t0 + 11_000));
    expect(mirror.counters.unanswered).toBe(1);
    mirror.reset();
    expect(mirror.counters.unanswered).toBe(2);
  });

  it('never throws on what it is sent', () => {
    const mirror = new Mirror();
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string().map((s) => Buffer.from(`k d7:command5:offer7:call-id${s}`)),
      fc.json().map((s) => Buffer.from(`k ${s}`)),
    );
    fc.assert(
      fc.property(bytes, fc.boolean(), (payload, toEngine) => {
        const [from, to] = toEngine ? [pbx, engine] : [engine, pbx];
        mirror.take(packet(from, to, t0, Buffer.from(payload)));
      }),
    );
  });
});
