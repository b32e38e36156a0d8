import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { type Edit, editFiles } from './lib/world/edit-policy.ts';
import type { Talk } from './lib/world/talk.ts';

let scene: Scene;
let anna: Talk;
let listens = 0;
beforeAll(async () => {
  scene = await Scene.start();
  anna = await scene.talk('anna');
});
afterAll(() => scene?.[Symbol.asyncDispose]());

const listen = () => {
  listens += 1;
  return scene.listen('karin', 'anna');
};
const edit = (...edits: readonly Edit[]) => editFiles(scene.world.place.policyDir, edits);
const entitlements = 'acme/entitlements.yaml';

/** Resolves when the log has all of this in one line. */
const logged = (...words: readonly string[]) =>
  expect
    .poll(async () => {
      const lines = (await readFile(join(scene.world.place.workDir, 'sidecar.log'), 'utf8')).split('\n');
      return lines.some((line) => words.every((word) => line.includes(word)));
    })
    .toBe(true);

describe('what allowed a listen is taken away: it ends as Revoked within a second, the call goes on', () => {
  const takenAway: readonly (readonly [string, Edit, string])[] = [
    [
      'the listener’s right',
      { file: entitlements, from: '    - karin\n    - sven\n    - filip\n', to: '    - sven\n    - filip\n' },
      'ListenerRightMissing',
    ],
    [
      'the listener’s licence',
      { file: entitlements, from: '    - karin\n    - sven\n    - anna\n', to: '    - sven\n    - anna\n' },
      'ListenerLicenseMissing',
    ],
    [
      'the target’s licence',
      { file: entitlements, from: '    - sven\n    - anna\n    - bo\n', to: '    - sven\n    - bo\n' },
      'TargetLicenseMissing',
    ],
    [
      'listening in the company',
      {
        file: 'acme/company.yaml',
        from: '    featureCode: "*28*"\n',
        to: '    featureCode: "*28*"\n    enabled: false\n',
      },
      'ListeningDisabled',
    ],
    [
      'the profile’s own flag',
      {
        file: 'acme/profiles.yaml',
        from: '  displayName: Kundtjänst\n  allowListening: true\n',
        to: '  displayName: Kundtjänst\n  allowListening: false\n',
      },
      'ProfileForbids',
    ],
    [
      'the listener',
      {
        file: 'acme/supervisors.yaml',
        from: 'metadata: { name: karin, namespace: acme }',
        to: 'metadata: { name: karin-no-more, namespace: acme }',
      },
      'ListenerLicenseMissing',
    ],
    [
      'the device',
      {
        file: 'acme/supervisors.yaml',
        from: '    - { name: karin-desk, kind: Desk,',
        to: '    - { name: karin-desk, kind: MobileApp,',
      },
      'DeviceNotAllowed',
    ],
  ];

  it.each(takenAway)('%s', async (_, change, refusal) => {
    const call = await listen();
    const from = performance.now();
    const undo = await edit(change);
    const end = await call.ended;
    expect(codeOf(end)).toBe('Revoked');
    expect(end.at - from).toBeLessThan(1_000);
    expect(await scene.lastEnd()).toMatchObject({ reason: 'Revoked', startedAt: expect.any(String) });
    expect(codeOf(await scene.refused('karin', 'anna'))).toBe(refusal);
    await scene.edit(undo);
    await expectCalm(anna, listens);
  });

  it.each([
    ['while the policy is followed', false],
    ['although the policy can no longer be read', true],
  ])('by the clock: the right ran out, %s', async (_, unreadable) => {
    const { policyDir } = scene.world.place;
    const call = await listen();
    const until = new Date(Date.now() + 1_500);
    const right = '  right: Medlyssning\n';
    const undo = await edit({
      file: entitlements,
      from: right,
      to: `${right}  validUntil: "${until.toISOString()}"\n`,
    });
    await anna.agent.rtp.hear(10);
    if (unreadable) await rename(policyDir, `${policyDir}-away`);
    const end = await call.ended;
    expect(codeOf(end)).toBe('Revoked');
    const late = performance.timeOrigin + end.at - until.getTime();
    expect(late).toBeGreaterThan(-100);
    expect(late).toBeLessThan(1_000);
    if (unreadable) await rename(`${policyDir}-away`, policyDir);
    await scene.edit(undo);
  });
});

describe('YAML that is broken', () => {
  const broken: readonly (readonly [string, Edit, readonly string[]])[] = [
    [
      'is no YAML',
      { file: entitlements, from: '  right: Medlyssning\n', to: '  right: [Medlyssning\n' },
      ['acme/entitlements.yaml'],
    ],
    [
      'has an unknown field',
      { file: 'acme/company.yaml', from: '    featureCode:', to: '    featureKode:' },
      ['acme/company.yaml', 'featureKode'],
    ],
  ];

  it.each(broken)(
    '%s: the last good policy stays, and the log names file and place',
    async (_, change, words) => {
      const call = await listen();
      const undo = await edit(change);
      await logged(...words);
      await scene.hears(call, ['customer', 'agent']);
      await call.hangUp();
      await (await listen()).hangUp();
      await scene.edit(undo);
      await expectCalm(anna, listens);
    },
  );

  it('does not keep what is taken away elsewhere from taking effect', async () => {
    const call = await listen();
    const undoBroken = await edit({
      file: 'acme/profiles.yaml',
      from: '  displayName: Lunch\n',
      to: '  displayName: [Lunch\n',
    });
    const undo = await edit({
      file: entitlements,
      from: '    - karin\n    - sven\n    - filip\n',
      to: '    - sven\n    - filip\n',
    });
    expect(codeOf(await call.ended)).toBe('Revoked');
    await scene.edit([...undo, ...undoBroken]);
  });
});
