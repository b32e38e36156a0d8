import { header } from '@medlyssning/sip-tcp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { attempt } from './lib/outcome/attempt.ts';
import { expectRefusal, type Refusal, titleOf } from './lib/outcome/expect-refusal.ts';
import { noTarget } from './lib/outcome/rule-outcomes.ts';
import { sipAnswer } from './lib/outcome/sip-answer.ts';
import type { Stage } from './lib/outcome/stage.ts';
import { nothingNoticed, witness } from './lib/outcome/witness.ts';

// Anna is in a call, licensed, and her profile allows listening: what stops these attempts is the listener's side.
let stage: Stage;
beforeAll(async () => {
  stage = await acmeStage(['anna']);
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const anna = { dials: '0846500403', target: 'anna +46…403' } as const;

describe('the listener is known and the company listens', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'a SIM that is nobody of ours',
      from: '+46709999999',
      dials: '0846500403',
      answer: [403, 'ListenerUnknown'],
      listener: '- +46…999 -',
      target: '- …',
      failed: ['ListenerUnknown', 'R8 DeviceUnknown', 'R9 TargetUnknown'],
      notAsked: [
        'ListeningDisabled',
        'PolicyStale',
        'R1 ListenerLicenseMissing',
        'R2 ListenerRightMissing',
        'R8 DeviceNotAllowed',
        ...noTarget,
      ],
      revisions: 0,
    },
    {
      name: 'Karin, while the company has listening switched off',
      from: 'karin-desk',
      ...anna,
      given: (on) =>
        on.edited({
          file: 'acme/company.yaml',
          from: '  listening:\n',
          to: '  listening:\n    enabled: false\n',
        }),
      answer: [403, 'ListeningDisabled'],
      listener: 'karin +46…401 karin-desk',
      failed: ['ListeningDisabled'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('R1, R2: the listener holds the licence and the right', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'Filip, who has the right without the licence',
      from: 'filip-desk',
      ...anna,
      answer: [403, 'ListenerLicenseMissing'],
      listener: 'filip +46…407 filip-desk',
      failed: ['R1 ListenerLicenseMissing'],
    },
    {
      name: 'Eva, who has the licence without the right',
      from: 'eva-desk',
      ...anna,
      answer: [403, 'ListenerRightMissing'],
      listener: 'eva +46…406 eva-desk',
      failed: ['R2 ListenerRightMissing'],
    },
    {
      name: 'Cilla, who has neither',
      from: 'cilla-desk',
      ...anna,
      answer: [403, 'ListenerLicenseMissing'],
      listener: 'cilla +46…405 cilla-desk',
      failed: ['R1 ListenerLicenseMissing', 'R2 ListenerRightMissing'],
    },
    {
      name: 'Karin, after her right was taken away',
      from: 'karin-desk',
      ...anna,
      given: (on) =>
        on.edited({
          file: 'acme/entitlements.yaml',
          from: '    - karin\n    - sven\n    - filip',
          to: '    - sven\n    - filip',
        }),
      answer: [403, 'ListenerRightMissing'],
      listener: 'karin +46…401 karin-desk',
      failed: ['R2 ListenerRightMissing'],
    },
    {
      name: 'Karin, after the licence ran out',
      from: 'karin-desk',
      ...anna,
      given: (on) =>
        on.edited({
          file: 'acme/entitlements.yaml',
          from: '  seats: 10\n',
          to: '  seats: 10\n  validUntil: "2025-12-31T23:00:00Z"\n',
        }),
      answer: [403, 'ListenerLicenseMissing'],
      listener: 'karin +46…401 karin-desk',
      failed: ['R1 ListenerLicenseMissing', 'R1 TargetLicenseMissing'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('R8: the PBX says which device asks', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'Greta, who has nothing but the mobile app',
      from: 'greta-app',
      ...anna,
      answer: [403, 'DeviceNotAllowed'],
      listener: 'greta +46…408 greta-app',
      failed: ['R8 DeviceNotAllowed'],
    },
    {
      name: 'Karin by her app, though her desk phone may',
      from: 'karin-app',
      ...anna,
      answer: [403, 'DeviceNotAllowed'],
      listener: 'karin +46…401 karin-app',
      failed: ['R8 DeviceNotAllowed'],
    },
    {
      name: 'Karin by a desk phone that the YAML no longer has',
      from: 'karin-desk',
      ...anna,
      given: (on) =>
        on.edited({ file: 'acme/supervisors.yaml', from: 'name: karin-desk,', to: 'name: karin-new-desk,' }),
      answer: [403, 'DeviceUnknown'],
      listener: 'karin +46…401 -',
      failed: ['R8 DeviceUnknown'],
      notAsked: ['R8 DeviceNotAllowed'],
    },
    {
      name: 'Karin by her desk phone, where the company allows SIMs only',
      from: 'karin-desk',
      ...anna,
      given: (on) =>
        on.edited({
          file: 'acme/company.yaml',
          from: '  listening:\n',
          to: '  listening:\n    allowedDevices: [MobileSubscription]\n',
        }),
      answer: [403, 'DeviceNotAllowed'],
      listener: 'karin +46…401 karin-desk',
      failed: ['R8 DeviceNotAllowed'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('R8: nothing that a phone says of itself counts', () => {
  const karin = '<sip:+46846500401@acme.example>';
  const refusals: readonly Refusal[] = [
    {
      name: "Karin's app says that it is her desk phone",
      from: 'karin-app',
      ...anna,
      headers: [header('X-Device', 'karin-desk')],
      answer: [403, 'DeviceNotAllowed'],
      listener: 'karin +46…401 karin-app',
      failed: ['R8 DeviceNotAllowed'],
    },
    {
      name: "Karin's app says that it is a SIM in the mobile network",
      from: 'karin-app',
      ...anna,
      headers: [
        header('x-device', 'karin-mobile'),
        header('P-Asserted-Identity', '<sip:+46701740611@mobile.example>'),
        header('P-Access-Network-Info', '3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=2400100010001'),
      ],
      answer: [403, 'DeviceNotAllowed'],
      listener: 'karin +46…401 karin-app',
      failed: ['R8 DeviceNotAllowed'],
    },
    {
      name: 'Filip says that he is Karin',
      from: 'filip-desk',
      ...anna,
      headers: [
        header('P-Asserted-Identity', karin),
        header('P-Preferred-Identity', karin),
        header('Remote-Party-ID', `${karin};party=calling`),
        header('X-Device', 'karin-desk'),
      ],
      answer: [403, 'ListenerLicenseMissing'],
      listener: 'filip +46…407 filip-desk',
      failed: ['R1 ListenerLicenseMissing'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));

  it.each([
    ["Filip under Karin's account", 'filip-desk', { from: 'sip:karin-desk@acme.example' }],
    [
      "a customer who says that the number is Karin's",
      'customer +46701111112',
      { headers: [header('P-Asserted-Identity', karin), header('X-Device', 'karin-desk')] },
    ],
  ])('%s does not even come to be asked about', async (_who, from, options) => {
    const look = witness(stage.talks);
    const { end, records, ear } = await attempt(
      stage.world,
      (offer) => stage.dial(from, '*28*+46846500403', { ...offer, ...options }),
      from.startsWith('customer') ? '127.0.0.2' : '127.0.0.1',
    );
    expect(sipAnswer(end)).toMatchObject({ warning: undefined, reason: undefined });
    expect([403, 407]).toContain(end.status);
    expect(records).toEqual([]);
    expect(await look()).toEqual(nothingNoticed);
    expect(ear.received).toEqual([]);
    await ear.close();
  });
});
