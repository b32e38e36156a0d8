import { afterAll, beforeAll, describe, it } from 'vitest';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { expectRefusal, type Refusal, titleOf } from './lib/outcome/expect-refusal.ts';
import { listens } from './lib/outcome/listening.ts';
import { switchProfile } from './lib/outcome/profiles.ts';
import type { Stage } from './lib/outcome/stage.ts';
import { talking } from './lib/outcome/talking.ts';

// Karin may listen, her colleagues may be listened to. What stops these attempts is the call, or another one.
let stage: Stage;
beforeAll(async () => {
  stage = await acmeStage(['anna', 'bo']);
});
afterAll(() => stage?.[Symbol.asyncDispose]());

const karin = { from: 'karin-desk', listener: 'karin +46…401 karin-desk' } as const;
const anna = { dials: '0846500403', target: 'anna +46…403' } as const;
const bo = { dials: '0846500404', target: 'bo +46…404' } as const;
const lena = { dials: '0846500412', target: 'lena +46…412' } as const;

describe('R4: the profile that was active when the call started', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'Bo, who was at lunch when his call came',
      ...karin,
      ...bo,
      answer: [403, 'ProfileForbids'],
      failed: ['R4 ProfileForbids'],
    },
    {
      name: 'Bo, who came back from lunch during the call',
      ...karin,
      ...bo,
      given: (on) => on.edited(switchProfile('bo', 'kundtjanst')),
      answer: [403, 'ProfileForbids'],
      failed: ['R4 ProfileForbids'],
    },
    {
      name: 'Bo, after listening was allowed in the profile lunch itself',
      ...karin,
      ...bo,
      given: (on) =>
        on.edited({
          file: 'acme/profiles.yaml',
          from: '  displayName: Lunch\n',
          to: '  displayName: Lunch\n  allowListening: true\n',
        }),
      answer: [403, 'ProfileForbids'],
      failed: ['R4 ProfileForbids'],
    },
    {
      name: 'Anna, after listening was forbidden in the profile she was in',
      ...karin,
      ...anna,
      given: (on) =>
        on.edited({
          file: 'acme/profiles.yaml',
          from: '  displayName: Kundtjänst\n  allowListening: true\n',
          to: '  displayName: Kundtjänst\n  allowListening: false\n',
        }),
      answer: [403, 'ProfileForbids'],
      failed: ['R4 ProfileForbids'],
    },
    {
      name: 'Anna, after she was taken out of that profile for good',
      ...karin,
      ...anna,
      given: (on) =>
        on.edited(switchProfile('anna', 'inne'), {
          file: 'acme/agents.yaml',
          from: 'address: anna-desk@acme.example }\n  profiles: [inne, kundtjanst, lunch]',
          to: 'address: anna-desk@acme.example }\n  profiles: [inne, lunch]',
        }),
      answer: [403, 'ProfileForbids'],
      failed: ['R4 ProfileForbids'],
    },
    {
      name: 'Johan, of whose profile it is not certain when he switched to it',
      ...karin,
      dials: '0846500411',
      given: (on) =>
        talking(on, { from: 'customer +46705555555', dials: '+46846500411', to: 'johan-softphone' }, [
          {
            file: 'acme/agents.yaml',
            from: '  subject: johan@acme.example\n',
            to: '  subject: johan@acme.example\nstatus:\n  activeProfile: { name: kundtjanst, since: "2099-01-01T00:00:00Z" }\n',
          },
        ]),
      target: 'johan +46…411',
      answer: [403, 'ProfileAtStartUnknown'],
      failed: ['R4 ProfileAtStartUnknown'],
      notAsked: ['R4 ProfileForbids'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('R4 between colleagues: the company says whose profile is asked', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'Lena in a call with Bo, who is at lunch, where both are asked',
      ...karin,
      ...lena,
      given: (on) =>
        talking(on, { from: 'bo-desk', dials: '412', to: 'lena-desk' }, [
          {
            file: 'acme/company.yaml',
            from: '  listening:\n',
            to: '  listening:\n    internalCalls: Both\n',
          },
        ]),
      answer: [403, 'ProfileForbids'],
      failed: ['R4 ProfileForbids'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe("R11: the listener's line is free", () => {
  const busy = {
    ...karin,
    ...anna,
    answer: [486, 'ListenerLineBusy'],
    failed: ['R11 ListenerLineBusy'],
  } as const;
  const refusals: readonly Refusal[] = [
    {
      name: 'Karin, in a call that she made from the same phone',
      ...busy,
      given: (on) => talking(on, { from: 'karin-desk', dials: '412', to: 'lena-desk' }),
    },
    {
      name: 'Karin, in a call that came to her',
      ...busy,
      given: (on) => talking(on, { from: 'customer +46705555555', dials: '+46846500401', to: 'karin-desk' }),
    },
    {
      name: 'Karin, in a call on her mobile',
      ...busy,
      given: (on) => talking(on, { from: '+46701740611', dials: '0846500412', to: 'lena-desk' }),
    },
    {
      name: 'Karin, in a call with Anna herself',
      ...busy,
      given: (on) => talking(on, { from: 'karin-desk', dials: '403', to: 'anna-desk' }),
    },
    {
      name: 'Karin, who listens to Anna from her mobile already',
      ...busy,
      given: (on) => listens(on, { from: '+46701740611', dials: '0846500403', target: on.talkOf('anna') }),
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});

describe('R7: several may listen, as many as the company says', () => {
  const refusals: readonly Refusal[] = [
    {
      name: 'Karin as the second, where one may',
      ...karin,
      ...anna,
      given: async (on) => {
        await using stack = new AsyncDisposableStack();
        const one = {
          file: 'acme/company.yaml',
          from: 'maxListenersPerCall: 4',
          to: 'maxListenersPerCall: 1',
        };
        stack.use(await on.edited(one));
        stack.use(
          await listens(on, { from: '+46701740612', dials: '0846500403', target: on.talkOf('anna') }),
        );
        return stack.move();
      },
      answer: [486, 'TooManyListeners'],
      failed: ['R7 TooManyListeners'],
    },
  ];
  for (const refusal of refusals) it(titleOf(refusal), () => expectRefusal(stage, refusal));
});
