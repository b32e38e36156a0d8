import type { AttemptRecord, AuditRecord, EndRecord } from '@medlyssning/media-sidecar/audit/audit-log.ts';
import type { NgClient } from 'rtpengine-ng-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { B2buaCall, type Person, type Role } from './lib/b2bua/b2bua-call.ts';
import type { Call, Phone } from './lib/phone/index.ts';
import { engineClient } from './lib/world/engine-client.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';
import { partyReceived } from './lib/world/party-received.ts';
import { type Talk, talk } from './lib/world/talk.ts';
import { voices } from './lib/world/voices.ts';
import { World } from './lib/world/world.ts';

const voice = voices('customer', 'anna', 'karin', 'sven', 'music', 'newcomer');
const annasNumber = '+46846500403';
const dialled = `sip:*28*${annasNumber}@acme.example`;
/** How soon listeners are hung up once the call is over (rules.md, 7). */
const hungUpWithinMs = 200;

let world: World;
let customer: Phone;
let anna: Phone;
let karin: Phone;
let karinsSim: Phone;
let sven: Phone;
/** The call engine as a PBX drives it. */
let ng: NgClient;
beforeAll(async () => {
  world = await World.start();
  ng = engineClient(world, 'call');
  customer = await world.customer('+46701111111', { source: voice.of('customer') });
  anna = await world.phone('anna-desk', { source: voice.of('anna') });
  karin = await world.phone('karin-desk', { source: voice.of('karin') });
  karinsSim = await world.sim('+46701740611', { source: voice.of('karin') });
  sven = await world.sim('+46701740612', { source: voice.of('sven') });
});
afterAll(async () => {
  await ng?.close();
  await world?.stop();
});
afterEach(async () => {
  await vi.waitFor(async () => expect(await onEngines(world)).toEqual(nothing), 2_000);
});

const callAnna = () => talk(customer, anna, `sip:${annasNumber}@acme.example`);

/** Lets this phone listen; resolves once audio has come. */
const listening = async (phone: Phone): Promise<Call> => {
  const listen = await (phone === karin ? karin.call(dialled) : world.dialFromSim(phone, dialled));
  await listen.answered;
  await listen.rtp.hear(10);
  return listen;
};

/** These and nobody else are heard, once what was on its way is past. A busy machine may take a moment. */
const expectHears = (ear: Pick<Call, 'rtp'>, names: readonly string[]): Promise<void> =>
  vi.waitFor(
    async () => {
      await ear.rtp.hear(8);
      const from = performance.now();
      await ear.rtp.hear(15);
      expect(voice.in(ear.rtp.recording, { from })).toEqual(names);
    },
    { timeout: 4_000, interval: 1 },
  );

/** No packet of the call's parties was lost, and none came from elsewhere than the other party, the sound apart. */
const expectUndisturbed = (up: Talk, sounds: number): void => {
  const sources = [expect.any(String)];
  expect(partyReceived(up.customer.rtp, up.agent.rtp)).toEqual({ sources, sounds: 0, lost: 0 });
  expect(partyReceived(up.agent.rtp, up.customer.rtp)).toEqual({ sources, sounds, lost: 0 });
};

/** Hangs up; resolves once the listen is closed and recorded, so that the line is free. */
const leave = async (listen: Call): Promise<void> => {
  const ends = async () => (await world.audit()).filter(({ record }) => record === 'end').length;
  const before = await ends();
  await listen.hangUp();
  await vi.waitFor(async () => expect(await ends()).toBe(before + 1));
};

/** Call before an attempt; what it gives resolves with the attempt's record. */
const newAttempt = async (): Promise<() => Promise<AttemptRecord>> => {
  const known = new Set((await world.audit()).map(({ id }) => id));
  return () =>
    world.recorded(
      (record: AuditRecord): record is AttemptRecord => record.record === 'attempt' && !known.has(record.id),
    );
};

/** The record of how the listen of this attempt ended. */
const endOf = ({ id }: AttemptRecord): Promise<EndRecord> =>
  world.recorded((record): record is EndRecord => record.record === 'end' && record.id === id);

describe('hold and resume', () => {
  it.each(['agent', 'customer'] as const)('by the %s: listening goes on', async (who) => {
    const up = await callAnna();
    const listen = await listening(karin);
    const holder = up[who];
    await expectHears(listen, ['customer', 'anna']);

    expect(await holder.hold()).toBe(200);
    await expectHears(listen, []);
    holder.rtp.say(voice.of('music'));
    await expectHears(listen, ['music']);

    expect(await holder.resume()).toBe(200);
    await expectHears(listen, ['customer', 'anna']);
    expect(listen.rtp.streams).toMatchObject([{ lost: 0, duplicates: 0 }]);
    await holder.hangUp();
    expect((await listen.ended).reason).toContain('CallEnded');
    // what was on its way to the holder is dropped by the hold itself
    expect(partyReceived(up.agent.rtp, up.customer.rtp)).toMatchObject({ sounds: 1 });
    expect(partyReceived(up.customer.rtp, up.agent.rtp)).toMatchObject({ sounds: 0 });
  });

  it('nobody starts to listen to one who is on hold: the sound would not reach her (R6)', async () => {
    const up = await callAnna();
    await up.agent.hold();
    const listen = await karin.call(dialled);
    expect(await listen.ended).toMatchObject({ status: 503, reason: expect.stringContaining('ToneFailed') });
    expect(listen.rtp.received).toEqual([]);
    await up.agent.resume();
    await expectHears(await listening(karin), ['customer', 'anna']);
    await up.agent.hangUp();
  });
});

describe('transfer within one call, by a PBX with a leg of its own to each party', () => {
  const person = (number: string, name: string): Person => ({ number, source: voice.of(name) });
  const customerAt = person('+46701111111', 'customer');
  const annaAt = person(annasNumber, 'anna');

  it.each(['keeps', 'drops'] as const)(
    'the agent is transferred away: TargetLeft, and her colleague is not heard; the PBX %s the old leg',
    async (keeps) => {
      await using call = await B2buaCall.begin(ng, 'acme.example', { caller: customerAt, callee: annaAt });
      const attempt = await newAttempt();
      const listen = await listening(karin);
      const transferredAt = performance.now();
      const before = await call.replace('callee', person('+46846500406', 'newcomer'));
      if (keeps === 'drops') await call.drop(before);
      const end = await listen.ended;
      expect(end.reason).toContain('TargetLeft');
      expect(end.at - transferredAt).toBeLessThan(hungUpWithinMs);
      expect(voice.in(listen.recording)).not.toContain('newcomer');
      expect(await endOf(await attempt())).toMatchObject({
        reason: 'TargetLeft',
        startedAt: expect.any(String),
      });
      await vi.waitFor(async () => expect(await onEngines(world)).toEqual(nothing));
      await expectHears(call.caller, ['newcomer']);
    },
  );

  it.each<readonly [customersRole: Role, leg: 'keeps' | 'drops']>([
    ['caller', 'keeps'],
    ['caller', 'drops'],
    ['callee', 'keeps'],
    ['callee', 'drops'],
  ])(
    'the customer, who is the %s, is transferred: the new one is heard, the old one not; the PBX %s the old leg',
    async (role, leg) => {
      const agentsRole = role === 'caller' ? 'callee' : 'caller';
      await using call = await B2buaCall.begin(ng, 'acme.example', {
        caller: role === 'caller' ? customerAt : annaAt,
        callee: role === 'caller' ? annaAt : customerAt,
      });
      const listen = await listening(karin);
      const second = await listening(sven);
      await expectHears(listen, ['customer', 'anna']);

      const before = await call.replace(role, person('+46702222222', 'newcomer'));
      if (leg === 'drops') await call.drop(before);
      await expectHears(listen, ['anna', 'newcomer']);
      await expectHears(second, ['anna', 'newcomer']);
      await expectHears(call[agentsRole], ['newcomer']);
      await expectHears(call[role], ['anna']);

      await leave(second);
      const third = await listening(sven);
      await expectHears(third, ['anna', 'newcomer']);
      const endedAt = performance.now();
      await call.end(agentsRole);
      for (const { ended } of [listen, third]) {
        const end = await ended;
        expect(end.reason).toContain('CallEnded');
        expect(end.at - endedAt).toBeLessThan(hungUpWithinMs);
      }
    },
  );
});

describe('transfer through Kamailio', () => {
  it('Anna sends the customer to Eva by REFER: a call of its own, which nobody listens to', async () => {
    const eva = await world.phone('eva-desk', { source: voice.of('newcomer') });
    const up = await callAnna();
    const listen = await listening(karin);
    expect(await up.agent.transfer('sip:+46846500406@acme.example')).toBe(202);
    const evas = await eva.incoming.next();
    await evas.rtp.hear(1);
    expect(evas.callId).not.toBe(up.agent.callId);
    await expectHears(listen, ['customer', 'anna']);
    await up.agent.hangUp();
    expect((await listen.ended).reason).toContain('CallEnded');
    await expectHears(evas, ['customer']);
    expect(voice.in(listen.recording)).toEqual(['customer', 'anna']);
    await evas.hangUp();
  });
});

describe('the end', () => {
  it.each(['agent', 'customer'] as const)('the %s hangs up: so do the listeners', async (who) => {
    const up = await callAnna();
    const listens = [await listening(karin), await listening(sven)];
    const hungUpAt = performance.now();
    void up[who].hangUp();
    for (const { ended } of listens) {
      const end = await ended;
      expect(end).toMatchObject({ how: 'byThem', reason: 'SIP;cause=200;text="CallEnded"' });
      expect(end.at - hungUpAt).toBeLessThan(hungUpWithinMs);
    }
    expectUndisturbed(up, 2);
  });

  it('a listener hangs up: the parties lose nothing, the other listener goes on, and the last one clears up', async () => {
    const up = await callAnna();
    const [first, second] = [await listening(karin), await listening(sven)];
    await first.hangUp();
    await vi.waitFor(async () => expect(await onEngines(world)).toMatchObject({ relays: 2 }));
    await expectHears(second, ['customer', 'anna']);
    expect(second.rtp.streams).toMatchObject([{ lost: 0, duplicates: 0 }]);
    await second.hangUp();
    await vi.waitFor(async () => expect(await onEngines(world)).toEqual(nothing));
    await expectHears(up.agent, ['customer']);
    await expectHears(up.customer, ['anna']);
    expectUndisturbed(up, 2);
    await up.customer.hangUp();
  });
});

describe('the listener’s phone', () => {
  it('holds and resumes: audio is back', async () => {
    const up = await callAnna();
    const listen = await listening(karin);
    expect(await listen.hold()).toBe(200);
    expect(await listen.resume()).toBe(200);
    await expectHears(listen, ['customer', 'anna']);
    await up.agent.hangUp();
    await listen.ended;
    expectUndisturbed(up, 1);
  });

  it('moves to other ports: audio follows it', async () => {
    const up = await callAnna();
    const listen = await listening(karin);
    expect(await listen.move()).toBe(200);
    await expectHears(listen, ['customer', 'anna']);
    await up.agent.hangUp();
    await listen.ended;
    expectUndisturbed(up, 1);
  });

  it('gives up before the answer: nothing is left, no sound was played, and the record says so', async () => {
    const up = await callAnna();
    const attempt = await newAttempt();
    world.listeningEngine.process.signal('SIGSTOP');
    const listen = await karin.call(dialled);
    const asked = await attempt();
    listen.cancel();
    expect(await listen.ended).toMatchObject({ how: 'cancelled', status: 487 });
    world.listeningEngine.process.signal('SIGCONT');
    expect(await endOf(asked)).toMatchObject({ reason: 'ListenerHungUp', startedAt: null });
    expect(await onEngines(world)).toEqual(nothing);
    await up.agent.rtp.hear(5);
    expectUndisturbed(up, 0);
    await up.agent.hangUp();
  });

  it('asks together with her mobile: exactly one of them is admitted (R11)', async () => {
    const up = await callAnna();
    for (const first of ['desk', 'mobile']) {
      const fromDesk = () => karin.call(dialled);
      const fromMobile = () => world.dialFromSim(karinsSim, dialled);
      const asks = await Promise.all(
        (first === 'desk' ? [fromDesk, fromMobile] : [fromMobile, fromDesk]).map((ask) => ask()),
      );
      const outcomes = await Promise.allSettled(asks.map((ask) => ask.answered));
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const [admitted, refused] = outcomes[0]?.status === 'fulfilled' ? asks : asks.toReversed();
      expect(await refused?.ended).toMatchObject({
        status: 486,
        reason: expect.stringContaining('ListenerLineBusy'),
      });
      if (admitted) await leave(admitted);
    }
    await up.agent.hangUp();
  });
});
