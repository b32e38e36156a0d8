import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort, freePortRange } from '@medlyssning/tools/real/ports.ts';
import { type Rtpengine, startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { connect } from 'rtpengine-ng-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Acme, customer } from '../book/book.fixture.ts';
import { CallBook } from '../book/call-book.ts';
import { createCallEngine } from '../engines/call-engine.ts';
import { Cable } from './cable.fixture.ts';
import { Observer } from './observer.ts';
import { Pbx } from './pbx.fixture.ts';
import { describeCall } from './query-to-call.ts';

const toAnna = `domain:acme.example|caller:${customer}|callee:+4681`;
const toBo = `domain:acme.example|caller:${customer}|callee:+4682`;

let engine: Rtpengine;
let cable: Cable;
let pbx: Pbx;
let client: ReturnType<typeof connect>;
let pbxClient: ReturnType<typeof connect>;
let observer: Observer | undefined;
let book: CallBook;
let acme: Acme;
let ids = 0;
let callId: string;

const startObserver = async (): Promise<Observer> => {
  await observer?.close();
  acme = new Acme();
  book = new CallBook({ directory: acme, clock: Date.now });
  const started = new Observer({
    engine: createCallEngine(client),
    book,
    clock: Date.now,
    source: { kind: 'mirror', host: '127.0.0.1', port: 0, resyncMs: 1000 },
    onProblem: () => {},
  });
  observer = started;
  await started.start();
  return started;
};

/** At most 30 s after it was cut. */
const mirrorUp = () =>
  vi.waitFor(() => expect([observer?.mirrorState, observer?.synced]).toEqual(['up', true]), {
    timeout: 40_000,
    interval: 10,
  });
const parties = () =>
  book.call(callId)?.parties.map((p) => `${p.role} ${p.tag} ${p.user?.name ?? p.address}`);
const settled = (check: () => void, timeout = 2000) => vi.waitFor(check, { timeout, interval: 1 });

beforeAll(async () => {
  const parts = await ensureParts();
  const hepPort = await freePort();
  const [udp, tcp, cli] = [await freePort(), await freePort(), await freePort()];
  client = connect({ url: `tcp:127.0.0.1:${tcp}` });
  pbxClient = connect({ url: `udp:127.0.0.1:${udp}` });
  cable = new Cable(hepPort, () => observer?.port);
  // Before the engine, since rtpengine tries a mirror it could not reach only every 30 s.
  await startObserver();
  const ports = { udp, tcp, cli, rtp: await freePortRange(900) };
  engine = await startRtpengine({ parts, role: 'call', hep: { port: hepPort }, ports });
  pbx = new Pbx(pbxClient);
});
afterAll(async () => {
  await observer?.close();
  client.close();
  pbxClient.close();
  cable.close();
  await engine.stop();
});
beforeEach(() => {
  ids += 1;
  callId = `real-${ids}@pbx`;
});
afterEach(async () => {
  const { calls } = await client.list({ limit: 10_000 });
  for (const id of calls) await pbx.delete(id, { 'delete-delay': 0 });
  await settled(() => expect(book.size).toBe(0), 5000);
});

describe('with the mirror up', () => {
  it('a call is known, with everything in it, within milliseconds of the engine’s answer to the PBX', async () => {
    await mirrorUp();
    const delays: number[] = [];
    for (let i = 0; i < 100; i += 1) {
      const id = `${callId}-${i}`;
      const { promise, resolve } = Promise.withResolvers<void>();
      const stop = book.subscribe(
        (change) => change.call.callId === id && change.kind === 'answered' && resolve(),
      );
      await pbx.call(id, toAnna);
      const answered = performance.now();
      await promise;
      delays.push(performance.now() - answered);
      stop();
      await pbx.delete(id, { 'from-tag': 'b' });
    }
    delays.sort((a, b) => a - b);
    expect(delays[50]).toBeLessThan(10);
    await settled(() => expect(book.size).toBe(0));
    expect(observer?.counters).toMatchObject({ foundByRelist: 0, correctedByRelist: 0, stale: 0 });
  });

  it('parties, labels and snapshots are the PBX’s word', async () => {
    await mirrorUp();
    await pbx.offer(callId, 'a', { metadata: toAnna, 'via-branch': 'z0' });
    await settled(() => expect(parties()).toEqual([`caller a ${customer}`, 'callee undefined anna']));
    acme.switch('anna', 'Lunch', Date.now());
    await pbx.answer(callId, 'a', 'b', { metadata: toAnna, 'via-branch': 'z0' });
    await settled(() => expect(parties()).toEqual([`caller a ${customer}`, 'callee b anna']));
    expect(book.call(callId)?.parties[1]?.profileAtStart).toMatchObject({ profile: 'Inne' });
    // Hold by the callee, whose script does not look at the direction.
    await pbx.offer(callId, 'b', { label: 'caller', 'to-tag': 'a' });
    await pbx.answer(callId, 'b', 'a', { label: 'callee' });
    await observer?.refresh(callId);
    expect(parties()).toEqual([`caller a ${customer}`, 'callee b anna']);
  });

  it('a transfer inside the call, and the end of the old leg, are what the engine itself shows', async () => {
    await mirrorUp();
    await pbx.call(callId, toAnna);
    await pbx.offer(callId, 'a', { metadata: toBo, 'via-branch': 'z5' });
    await pbx.answer(callId, 'a', 'c', { metadata: toBo, 'via-branch': 'z5' });
    await settled(() => expect(parties()).toEqual([`caller a ${customer}`, 'callee c bo']));
    await pbx.delete(callId, { 'from-tag': 'b' });
    await observer?.refresh(callId);
    expect(parties()).toEqual([`caller a ${customer}`, 'callee c bo']);
    const { legs } = describeCall(await client.query({ 'call-id': callId }));
    expect(legs.map(({ tag, present, talksWith }) => [tag, present, talksWith])).toEqual([
      ['a', true, ['c']],
      ['b', false, []],
      ['c', true, ['a']],
    ]);
    await pbx.delete(callId, { 'from-tag': 'c' });
    await settled(() => expect(book.size).toBe(0));
  });

  it.each([
    ['a losing branch', { 'from-tag': 'a', 'via-branch': 'z1' }, true],
    ['the answered leg', { 'from-tag': 'b' }, false],
    ['the caller', { 'from-tag': 'a' }, false],
    ['a tag that is not in it', { 'from-tag': 'nobody' }, true],
  ])('delete of %s in a forked call', async (_, args, goesOn) => {
    await mirrorUp();
    await pbx.offer(callId, 'a', { metadata: toAnna, 'via-branch': 'z0' });
    await pbx.offer(callId, 'a', { metadata: toAnna, 'via-branch': 'z1' });
    await pbx.answer(callId, 'a', 'b', { metadata: toAnna, 'via-branch': 'z0' });
    await pbx.delete(callId, args);
    await pbx.call(`${callId}-after`, toAnna);
    await settled(() => expect(book.call(`${callId}-after`)?.answeredAt).toBeDefined());
    if (goesOn) await observer?.refresh(callId);
    expect(book.call(callId) !== undefined).toBe(goesOn);
  });

  it('a call in its delete-delay is over', async () => {
    await mirrorUp();
    await pbx.call(callId, toAnna);
    await pbx.delete(callId, { 'from-tag': 'a', 'delete-delay': 3 });
    await settled(() => expect(book.size).toBe(0));
    expect((await client.list({ limit: 10 })).calls).toContain(callId);
    const { relists = 0 } = observer?.counters ?? {};
    await settled(() => expect(observer?.counters.relists).toBeGreaterThan(relists), 3000);
    expect(book.size).toBe(0);
  });

  it('a list above 64 KiB does not break it', async () => {
    await mirrorUp();
    const long = 'x'.repeat(1500);
    for (let i = 0; i < 60; i += 1) await pbx.offer(`${long}${i}`, 'a', { metadata: toAnna });
    expect((await client.list({ limit: 10_000 })).calls.join('').length).toBeGreaterThan(0x1_0000);
    await pbx.call(callId, toAnna);
    await settled(() => expect(book.call(callId)?.answeredAt).toBeDefined());
    expect([observer?.mirrorState, observer?.hep?.malformed]).toEqual(['up', 0]);
  });
});

describe('without the mirror', () => {
  it('200 calls that were there before the observer are found', async () => {
    for (let i = 0; i < 200; i += 1) await pbx.call(`${callId}-${i}`, i % 2 ? toBo : toAnna);
    const begun = performance.now();
    await startObserver();
    expect(book.size).toBe(200);
    expect(performance.now() - begun).toBeLessThan(2000);
    callId = `${callId}-1`;
    expect(parties()).toEqual([`caller a ${customer}`, 'callee b bo']);
    expect(book.call(callId)?.parties[1]?.profileAtStart).toMatchObject({ kind: 'known' });
  });

  it('calls that come and go while it is cut are known by listing, and nothing stale comes back with it', async () => {
    const on = await startObserver();
    await engine.restart();
    await mirrorUp();
    await pbx.call(callId, toAnna);
    await settled(() => expect(book.size).toBe(1));
    cable.cut();
    await settled(() => expect(on.mirrorState).toBe('down'));
    await pbx.delete(callId, { 'from-tag': 'a' });
    await pbx.call(`${callId}-cut`, toAnna);
    await settled(() => expect(book.call(`${callId}-cut`)?.answeredAt).toBeDefined(), 3000);
    expect(book.call(callId)).toBeUndefined();
    await pbx.delete(`${callId}-cut`, { 'from-tag': 'a' });
    await settled(() => expect(book.size).toBe(0), 3000);
    await mirrorUp();
    expect(book.size).toBe(0);
  });

  it('calls end when the engine is restarted', async () => {
    await mirrorUp();
    await pbx.call(callId, toAnna);
    await settled(() => expect(book.size).toBe(1));
    await engine.kill();
    await engine.restart();
    await settled(() => expect(book.size).toBe(0), 5000);
  });
});
