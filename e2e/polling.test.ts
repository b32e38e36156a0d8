import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';

/** A call engine from before the mirror (rtpengine 10.5 to 12.3): the sidecar asks it every 5 s instead, and before it decides. */
let scene: Scene;
beforeAll(async () => {
  scene = await Scene.start({ sidecar: { observe: { poll: { intervalMs: 5_000 } } } });
});
afterAll(() => scene?.[Symbol.asyncDispose]());

describe('a node that polls its call engine', () => {
  it('lets Karin hear a call that no poll has shown yet, and hangs her up when it is over', async () => {
    const anna = await scene.talk('anna');
    const karin = await scene.listen('karin', 'anna');
    await expectCalm(anna, 1);
    await anna.customer.hangUp();
    expect(codeOf(await karin.ended)).toBe('CallEnded');
    await scene.closed('karin');
    expect(await onEngines(scene.world)).toEqual(nothing);
  });

  it('refuses at once who is in a call of her own, however new that call is (R11)', async () => {
    const anna = await scene.talk('anna');
    const own = await scene.talk('karin');
    expect(codeOf(await scene.refused('karin', 'anna'))).toBe('ListenerLineBusy');
    await own.customer.hangUp();
    await anna.customer.hangUp();
  });

  it('refuses where the profile was switched after the call began, for nobody saw the start (R4)', async () => {
    const lena = await scene.talk('lena');
    await scene.switchedProfile('lena', 'kundtjanst');
    await scene.edit([]);
    expect(codeOf(await scene.refused('karin', 'lena'))).toBe('ProfileAtStartUnknown');
    await lena.customer.hangUp();
  });
});
