import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { expectRefusal, type Refusal, titleOf } from './lib/outcome/expect-refusal.ts';
import { type OutsidePhone, openOutsidePhone } from './lib/outcome/outside-phone.ts';
import { ringing } from './lib/outcome/ringing.ts';
import { noCall, noTarget } from './lib/outcome/rule-outcomes.ts';
import type { Stage } from './lib/outcome/stage.ts';

// Karin may listen, from her desk phone. What stops these attempts is the one she wants to listen to.
let stage: Stage;
let outside: OutsidePhone;
beforeAll(async () => {
  outside = await openOutsidePhone();
  stage = await acmeStage(['anna', 'cilla', 'nils'], { outside: { pstnUri: outside.pstnUri } });
});
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]();
  await outside?.[Symbol.asyncDispose]();
});

const karin = { from: 'karin-desk', listener: 'karin +46…401 karin-desk' } as const;
const unknown = {
  answer: [404, 'TargetUnknown'],
  failed: ['R9 TargetUnknown'],
  notAsked: noTarget,
  revisions: 1,
} as const;

describe('R9: the number names a person', () => {
  const refusals: readonly Refusal[] = [
    { name: 'a number that nobody has', ...karin, dials: '0846500499', target: '- +46…499', ...unknown },
    { name: 'an extension that nobody has', ...karin, dials: '499', target: '- …99', ...unknown },
    { name: 'nothing after the code', ...karin, dials: '', target: '- …', ...unknown },
    { name: 'no number at all', ...karin, dials: 'anna', target: '- …na', ...unknown },
    {
      name: "Ivar's mobile: the fixed number alone names the person",
      ...karin,
      dials: '+46701740620',
      target: '- +46…620',
      ...unknown,
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('R10: another company is as if it were not there', () => {
  const refusals: readonly Refusal[] = [
    {
      name: "Beta's Nils, who is in a call and may be listened to there",
      ...karin,
      dials: '0846500483',
      target: '- +46…483',
      ...unknown,
    },
    { name: "Beta's Olga, who is in none", ...karin, dials: '+46846500494', target: '- +46…494', ...unknown },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('the target is someone else, licensed (R1), and in a call', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'Karin herself',
      ...karin,
      dials: '0846500401',
      target: 'karin +46…401',
      answer: [403, 'TargetIsListener'],
      failed: ['TargetIsListener', 'TargetNotInCall'],
      notAsked: noCall,
    },
    {
      name: 'Cilla, who has no licence',
      ...karin,
      dials: '0846500405',
      target: 'cilla +46…405',
      answer: [403, 'TargetLicenseMissing'],
      failed: ['R1 TargetLicenseMissing'],
    },
    {
      name: 'Lena, who is in no call',
      ...karin,
      dials: '0846500412',
      target: 'lena +46…412',
      answer: [480, 'TargetNotInCall'],
      failed: ['TargetNotInCall'],
      notAsked: noCall,
    },
    {
      name: 'Lena, whose phone only rings',
      ...karin,
      dials: '0846500412',
      given: (on) => ringing(on, 'lena-desk', 'sip:+46846500412@acme.example'),
      target: 'lena +46…412',
      answer: [480, 'TargetNotInCall'],
      failed: ['TargetNotInCall'],
      notAsked: noCall,
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));

  it('Lena, who hears the ringing tones of the one she calls (183 with SDP): 480 TargetNotInCall, until the answer', async () => {
    const lena = await stage.dial('lena-desk', '+46701740650');
    await outside.rings();
    await lena.ringing;
    await expectRefusal(stage, {
      name: 'Lena, whose call rings',
      ...karin,
      dials: '0846500412',
      target: 'lena +46…412',
      answer: [480, 'TargetNotInCall'],
      failed: ['TargetNotInCall'],
      notAsked: noCall,
    });

    outside.answer();
    await lena.answered;
    const listen = await stage.dial('karin-desk', '*28*0846500412');
    await listen.answered;
    await lena.hangUp();
    expect((await listen.ended).reason).toContain('CallEnded');
  });
});
