import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partyTone } from './lib/audio/index.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { attempt } from './lib/outcome/attempt.ts';
import { hearing, listenOnly } from './lib/outcome/hearing.ts';
import { type ListensOf, listens } from './lib/outcome/listening.ts';
import { switchProfile } from './lib/outcome/profiles.ts';
import { aboutCall, aboutListener, aboutTarget, ruleOutcomes } from './lib/outcome/rule-outcomes.ts';
import { refusalWith, sipAnswer } from './lib/outcome/sip-answer.ts';
import { soundsIn } from './lib/outcome/sounds.ts';
import type { Stage } from './lib/outcome/stage.ts';
import type { Talk } from './lib/outcome/talk.ts';
import { witness } from './lib/outcome/witness.ts';
import { tone } from './lib/rtp/index.ts';

let stage: Stage;
let anna: Talk;
let toAnna: Pick<ListensOf, 'dials' | 'target'>;
beforeAll(async () => {
  stage = await acmeStage(['anna', 'nils']);
  anna = stage.talkOf('anna');
  toAnna = { dials: '0846500403', target: anna };
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const karinHz = partyTone(11);
const asKarin = { source: tone(karinHz) };

describe('R6: Anna sees who listens, and hears that someone starts', () => {
  it('plays the sound to Anna alone, before Karin gets one packet, and names Karin', async () => {
    const look = witness(stage.talks);
    await using karin = await listens(stage, { from: 'karin-desk', ...toAnna }, asKarin);
    const seen = await look();
    expect(seen).toMatchObject({
      sounds: ['anna'],
      customersHeardSound: [],
      messages: ['anna: Karin Ek lyssnar på ditt samtal.'],
    });
    // The sound takes the place of the customer's voice for its length, for Anna alone.
    expect(seen.disturbed.filter((who) => !who.startsWith('anna '))).toEqual([]);
    const [sound = Number.POSITIVE_INFINITY] = soundsIn(anna.colleague.recording);
    expect(karin.call.rtp.received[0]?.arrivedAt).toBeGreaterThan(sound);

    const afterTheSound = witness(stage.talks);
    expect(await hearing(anna, [{ name: 'karin', hz: karinHz, listening: karin }])).toEqual(
      listenOnly(anna, 'karin'),
    );
    const { told } = await karin.leave();
    expect(told).toBe('Ingen lyssnar längre på ditt samtal.');
    expect(await afterTheSound()).toMatchObject({ sounds: [], customersHeardSound: [], disturbed: [] });
  });

  it('records the attempt before the answer, the start with its sound, and the end', async () => {
    await using karin = await listens(stage, { from: 'karin-desk', ...toAnna });
    const { attempt, start } = karin;
    const [revision] = await stage.revisions();
    expect(attempt).toMatchObject({
      reason: 'Allowed',
      node: 'media-1',
      company: 'acme/acme',
      listener: { user: 'karin', number: '+46…401' },
      target: { user: 'anna', number: '+46…403' },
      device: { name: 'karin-desk', kind: 'Desk' },
      callId: anna.customer.callId,
      policyRevisions: [revision, revision],
    });
    expect(ruleOutcomes(attempt)).toEqual({
      failed: [],
      notAsked: [],
      all: [...aboutListener, ...aboutTarget, ...aboutCall],
    });
    expect(start).toMatchObject({ id: attempt.id, soundMs: 240 });
    const { record } = await karin.leave();
    expect(record).toMatchObject({ id: attempt.id, reason: 'ListenerHungUp', startedAt: start.at });
  });
});

describe('R7: several listen at once, each with a sound, a record and a decision of its own', () => {
  it('lets Karin, Sven by SIM and Eva hear Anna and the customer, and not each other', async () => {
    await using _ = await stage.edited({
      file: 'acme/entitlements.yaml',
      from: '    - filip\n    - greta',
      to: '    - filip\n    - eva\n    - greta',
    });
    const look = witness(stage.talks);
    const [svenHz, evaHz] = [partyTone(12), partyTone(13)];
    await using karin = await listens(stage, { from: 'karin-desk', ...toAnna }, asKarin);
    await using sven = await listens(stage, { from: '+46701740612', ...toAnna }, { source: tone(svenHz) });
    await using eva = await listens(stage, { from: 'eva-desk', ...toAnna }, { source: tone(evaHz) });
    expect(await look()).toMatchObject({
      sounds: ['anna', 'anna', 'anna'],
      customersHeardSound: [],
      messages: [
        'anna: Karin Ek lyssnar på ditt samtal.',
        'anna: Karin Ek och Sven Lund lyssnar på ditt samtal.',
        'anna: Karin Ek, Sven Lund och Eva Lind lyssnar på ditt samtal.',
      ],
    });
    expect(
      [karin, sven, eva].map(({ attempt }) => `${attempt.listener.user} ${attempt.device?.name}`),
    ).toEqual(['karin karin-desk', 'sven sven-mobile', 'eva eva-desk']);
    expect(new Set([karin, sven, eva].map(({ attempt }) => attempt.id)).size).toBe(3);
    expect(
      await hearing(anna, [
        { name: 'karin', hz: karinHz, listening: karin },
        { name: 'sven', hz: svenHz, listening: sven },
        { name: 'eva', hz: evaHz, listening: eva },
      ]),
    ).toEqual(listenOnly(anna, 'karin', 'sven', 'eva'));
    expect((await sven.leave()).told).toBe('Karin Ek och Eva Lind lyssnar på ditt samtal.');
  });

  it('plays a sound for each of two who start in the same moment', async () => {
    const look = witness(stage.talks);
    const both = await Promise.all(
      ['karin-desk', '+46701740612'].map((from) => stage.dial(from, `*28*${toAnna.dials}`)),
    );
    await Promise.all(both.map((call) => call.answered));
    expect((await look(30)).sounds).toEqual(['anna', 'anna']);
    await Promise.all(both.map((call) => call.hangUp()));
    await Promise.all([1, 2, 3, 4].map(() => anna.phone.messages.next()));
  });
});

describe('R9: every form of the fixed number is Anna', () => {
  it.each(['0846500403', '+46846500403', '0046846500403', '08-465%20004%2003', '(08)46500403', '403'])(
    '*28*%s',
    async (dials) => {
      await using karin = await listens(stage, { from: 'karin-desk', dials, target: anna });
      expect(karin.attempt.target).toEqual({ user: 'anna', number: dials === '403' ? '…03' : '+46…403' });
      expect(karin.attempt.callId).toBe(anna.customer.callId);
      expect(karin.told).toBe('Karin Ek lyssnar på ditt samtal.');
    },
  );
});

describe('R10: an extension belongs to a company', () => {
  it("is Nils at Beta, where 403 is Anna's at Acme", async () => {
    const nils = stage.talkOf('nils');
    const look = witness([anna]);
    await using maja = await listens(stage, { from: 'maja-desk', dials: '403', target: nils }, asKarin);
    expect(maja.told).toBe('Maja Frost is listening to your call.');
    expect(maja.attempt).toMatchObject({ company: 'beta/beta', target: { user: 'nils' } });
    expect(await hearing(nils, [{ name: 'maja', hz: karinHz, listening: maja }])).toEqual(
      listenOnly(nils, 'maja'),
    );
    expect(await look()).toMatchObject({ sounds: [], messages: [], disturbed: [] });
  });

  it('lets each company listen to its own in a call between the two', async () => {
    const lena = await stage.phone('lena-desk');
    const made = await stage.dial('maja-desk', '0846500412', { source: tone(partyTone(14)) });
    await made.answered;
    const colleague = await lena.incoming.next();
    const between: Talk = {
      name: 'lena',
      phone: lena,
      colleague,
      customer: made,
      colleagueHz: partyTone(16),
      customerHz: partyTone(14),
    };
    colleague.rtp.say(tone(between.colleagueHz));
    const karin = await listens(stage, { from: 'karin-desk', dials: '412', target: between }, asKarin);
    expect(karin.attempt).toMatchObject({ company: 'acme/acme', target: { user: 'lena' } });
    expect(JSON.stringify(karin.attempt)).not.toMatch(/beta|maja/);
    expect(await hearing(between, [{ name: 'karin', hz: karinHz, listening: karin }])).toEqual(
      listenOnly(between, 'karin'),
    );
    await made.hangUp();
    expect((await karin.ended()).record.reason).toBe('CallEnded');
  });
});

describe('R4: the profile that was active when the call started', () => {
  it('goes on to allow when Anna switches to lunch, and ends the listen when it is itself changed', async () => {
    await using karin = await listens(stage, { from: 'karin-desk', ...toAnna }, asKarin);
    await using _ = await stage.edited(switchProfile('anna', 'lunch'));
    expect(await hearing(anna, [{ name: 'karin', hz: karinHz, listening: karin }])).toEqual(
      listenOnly(anna, 'karin'),
    );
    await using sven = await listens(stage, { from: '+46701740612', ...toAnna });

    const forbidden = stage.edited({
      file: 'acme/profiles.yaml',
      from: '  displayName: Kundtjänst\n  allowListening: true\n',
      to: '  displayName: Kundtjänst\n  allowListening: false\n',
    });
    const changedAt = performance.now();
    const ends = await Promise.all([karin.call.ended, sven.call.ended]);
    expect(ends.map(({ reason }) => reason)).toEqual(Array(2).fill('SIP;cause=200;text="Revoked"'));
    for (const { at } of ends) expect(at - changedAt).toBeLessThan(1_000);
    expect((await karin.ended()).record.reason).toBe('Revoked');
    expect((await sven.ended()).record.reason).toBe('Revoked');
    await (await forbidden)[Symbol.asyncDispose]();
  });
});

describe('R11: one line, one listen', () => {
  it('admits one of two attempts that Karin makes in the same moment from two phones', async () => {
    const look = witness(stage.talks);
    const both = await Promise.all([
      stage.dial('karin-desk', `*28*${toAnna.dials}`),
      stage.dial('+46701740611', `*28*${toAnna.dials}`),
    ]);
    const outcomes = await Promise.allSettled(both.map(({ answered }) => answered));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [admitted, refused] = outcomes[0]?.status === 'fulfilled' ? both : both.toReversed();
    expect(refused && sipAnswer(await refused.ended)).toEqual(refusalWith(486, 'ListenerLineBusy'));
    expect((await look(25)).sounds).toEqual(['anna']);
    await admitted?.hangUp();
    await anna.phone.messages.next();
    await anna.phone.messages.next();
  });

  it('leaves the listen that Karin has as it is when she tries another', async () => {
    await using karin = await listens(stage, { from: '+46701740611', ...toAnna }, asKarin);
    const { end, ear } = await attempt(stage.world, (own) => stage.dial('karin-desk', '*28*403', own));
    expect(sipAnswer(end)).toEqual(refusalWith(486, 'ListenerLineBusy'));
    expect(await hearing(anna, [{ name: 'karin', hz: karinHz, listening: karin }])).toEqual(
      listenOnly(anna, 'karin'),
    );
    expect(ear.received).toEqual([]);
    await ear.close();
  });
});
