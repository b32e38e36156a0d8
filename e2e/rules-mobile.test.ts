import { header } from '@medlyssning/sip-tcp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { partyTone } from './lib/audio/index.ts';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { expectRefusal } from './lib/outcome/expect-refusal.ts';
import { hearing, listenOnly } from './lib/outcome/hearing.ts';
import { listens } from './lib/outcome/listening.ts';
import { soundsIn } from './lib/outcome/sounds.ts';
import type { Stage } from './lib/outcome/stage.ts';
import type { Talk } from './lib/outcome/talk.ts';
import { Phone } from './lib/phone/index.ts';
import { tone } from './lib/rtp/index.ts';

// Everybody outside: the public network, and the mobile operator whose phone is any SIM that is called.
const [customerHz, ivarHz, listenerHz] = [partyTone(14), partyTone(16), partyTone(11)];
let pstn: Phone;
let mobile: Phone;
let stage: Stage;
let anna: Talk;
beforeAll(async () => {
  pstn = await Phone.open({ user: 'pstn', bind: '127.0.0.2', source: tone(customerHz) });
  mobile = await Phone.open({ user: 'mobile', bind: '127.0.0.3', source: tone(ivarHz) });
  stage = await acmeStage(['anna'], { outside: { pstnUri: overTcp(pstn), mobileUri: overTcp(mobile) } });
  anna = stage.talkOf('anna');
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await Promise.all([pstn?.close(), mobile?.close()]);
});

const overTcp = ({ directUri }: Phone) => `sip:${directUri.split('@')[1]};transport=tcp`;
const source = tone(listenerHz);

describe('R8: a mobile with a SIM may listen', () => {
  it.each([
    ['by its number, as the operator asserts it', '+46701740612'],
    ['by the fixed number and the mobile access network', '+46846500402'],
  ])('%s', async (_how, from) => {
    await using sven = await listens(stage, { from, dials: '0846500403', target: anna }, { source });
    expect(sven.attempt).toMatchObject({
      listener: { user: 'sven' },
      device: { name: 'sven-mobile', kind: 'MobileSubscription' },
    });
    expect(await hearing(anna, [{ name: 'sven', hz: listenerHz, listening: sven }])).toEqual(
      listenOnly(anna, 'sven'),
    );
  });

  it('may not where the operator tells neither the SIM nor the network', async () => {
    const phone = await stage.world.sim('+46846500402');
    await expectRefusal(stage, {
      name: 'the fixed number alone',
      from: '+46846500402',
      dial: (to, options) =>
        phone.call(`sip:${to}@acme.example`, {
          ...options,
          headers: [header('P-Asserted-Identity', '<sip:+46846500402@mobile.example>')],
        }),
      dials: '0846500403',
      answer: [403, 'DeviceUnknown'],
      listener: 'sven +46…402 -',
      target: 'anna +46…403',
      failed: ['R8 DeviceUnknown'],
      notAsked: ['R8 DeviceNotAllowed'],
    });
  });
});

describe('R9: the fixed number names Ivar, whose call is on his mobile', () => {
  const listensToIvar = async (call: Pick<Talk, 'colleague' | 'customer'>) => {
    const phone = await stage.phone('ivar-desk');
    const ivar: Talk = { name: 'ivar', phone, ...call, customerHz, colleagueHz: ivarHz };
    await using karin = await listens(
      stage,
      { from: 'karin-desk', dials: '0846500410', target: ivar },
      { source },
    );
    expect(karin.attempt).toMatchObject({
      target: { user: 'ivar', number: '+46…410' },
      callId: call.customer.callId,
    });
    expect(karin.told).toBe('Karin Ek lyssnar på ditt samtal.');
    expect(soundsIn(ivar.colleague.recording)).toHaveLength(1);
    expect(soundsIn(ivar.customer.recording)).toEqual([]);
    expect(await hearing(ivar, [{ name: 'karin', hz: listenerHz, listening: karin }])).toEqual(
      listenOnly(ivar, 'karin'),
    );
  };

  it('when a customer called him and he answered on the mobile', async () => {
    (await stage.phone('ivar-desk')).policy = { kind: 'ring' };
    const caller = await stage.world.customer('+46705555555', { source: tone(customerHz) });
    const customer = await caller.call('sip:+46846500410@acme.example');
    await customer.answered;
    const colleague = await mobile.incoming.next();
    await listensToIvar({ colleague, customer });
    await customer.hangUp();
    await colleague.ended;
  });

  it('when he called a customer from the mobile', async () => {
    const colleague = await stage.dial('+46701740620', '+46705555555', { source: tone(ivarHz) });
    await colleague.answered;
    const customer = await pstn.incoming.next();
    await listensToIvar({ colleague, customer });
    await colleague.hangUp();
  });
});
