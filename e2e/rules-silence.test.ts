import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acmeStage } from './lib/outcome/acme-stage.ts';
import { attempt } from './lib/outcome/attempt.ts';
import { sameForAll } from './lib/outcome/same-for-all.ts';
import type { Stage } from './lib/outcome/stage.ts';
import { nothingNoticed, witness } from './lib/outcome/witness.ts';

// rules.md, 3: a refusal is honest to the entitled and silent to others.
let stage: Stage;
beforeAll(async () => {
  stage = await acmeStage(['anna', 'bo', 'cilla', 'nils']);
});
afterAll(() => stage?.[Symbol.asyncDispose]());

/** All that a target can be. */
const targets = [
  ['in a call, and may be listened to', '0846500403'],
  ['in a call, at lunch', '0846500404'],
  ['in a call, without licence', '0846500405'],
  ['in no call', '0846500412'],
  ['nobody', '0846500499'],
  ['of another company, in a call', '0846500483'],
  ['of another company, in no call', '+46846500494'],
  ['an extension', '403'],
  ['an extension of nobody', '499'],
  ['no number', 'x'],
  ['nothing', ''],
] as const;

describe('whoever may not listen hears the same, whatever the target is', () => {
  it.each([
    ['Filip, without licence', 'filip-desk', 'ListenerLicenseMissing', '0846500407'],
    ['Eva, without right', 'eva-desk', 'ListenerRightMissing', '0846500406'],
    ['Cilla, without either, in a call herself', 'cilla-desk', 'ListenerLicenseMissing', '0846500405'],
    ['Greta, by the app', 'greta-app', 'DeviceNotAllowed', '0846500408'],
  ])('%s', async (_who, from, code, own) => {
    const look = witness(stage.talks);
    const answers = new Map<string, string>();
    for (const [target, dials] of [...targets, ['oneself', own] as const]) {
      const { call, ear } = await attempt(stage.world, (o) => stage.dial(from, `*28*${dials}`, o));
      answers.set(target, sameForAll(call.message?.data ?? '', dials));
      expect(ear.received).toEqual([]);
      await ear.close();
    }
    const [first] = answers.values();
    expect(first).toContain(code);
    expect([...answers]).toEqual([...answers.keys()].map((target) => [target, first]));
    expect(await look()).toEqual(nothingNoticed);
  });
});

describe("R10: another company's number is answered and recorded as a number that nobody has", () => {
  it('says nothing of Beta to Karin, nor of Acme to Maja', async () => {
    for (const [from, theirs, nobodys] of [
      ['karin-desk', '0846500483', '0846500499'],
      ['maja-desk', '0846500403', '0846500499'],
    ] as const) {
      const look = witness(stage.talks);
      const [other, none] = [
        await attempt(stage.world, (o) => stage.dial(from, `*28*${theirs}`, o)),
        await attempt(stage.world, (o) => stage.dial(from, `*28*${nobodys}`, o)),
      ];
      expect(sameForAll(other.call.message?.data ?? '', theirs)).toBe(
        sameForAll(none.call.message?.data ?? '', nobodys),
      );
      const facts = ([record]: typeof other.records) =>
        record?.record === 'attempt' && { ...record, id: '', at: '', target: record.target.user };
      expect(facts(other.records)).toEqual(facts(none.records));
      expect(facts(other.records)).toMatchObject({ target: null, callId: null });
      expect(await look()).toEqual(nothingNoticed);
      await Promise.all([other.ear.close(), none.ear.close()]);
    }
  });
});
