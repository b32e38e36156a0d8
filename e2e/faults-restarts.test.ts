import { setTimeout } from 'node:timers/promises';
import { openAuditReader } from '@medlyssning/media-sidecar/audit/open-audit-reader.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { nothing, onEngines } from './lib/world/on-engines.ts';
import { auditFileOf } from './lib/world/start-sidecar.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.start();
});
afterAll(() => scene?.[Symbol.asyncDispose]());

it('a sidecar killed with calls and listens up: no call notices, and what it left is taken down', async () => {
  const { world } = scene;
  const [anna, lena] = [await scene.talk('anna'), await scene.talk('lena')];
  const orphan = await scene.listen('karin', 'anna');
  const orphanId = (await world.audit()).findLast((r) => r.record === 'attempt')?.id;

  await world.sidecar.kill();
  await scene.switchedProfile('lena', 'kundtjanst');
  expect((await scene.refused('sven')).status).toBe(503);
  await world.restartSidecar();

  expect(await onEngines(world)).toEqual(nothing);
  expect(await world.recorded((r): r is typeof r => r.record === 'end' && r.id === orphanId)).toMatchObject({
    reason: 'NodeEnded',
    startedAt: expect.any(String),
  });
  expect(codeOf(await scene.refused('karin', 'lena'))).toBe('ProfileAtStartUnknown');
  const again = await scene.listen('karin', 'anna');
  await expectCalm(anna, 2);
  await expectCalm(lena, 0);
  await Promise.all([anna.customer.hangUp(), lena.customer.hangUp()]);
  expect(codeOf(await again.ended)).toBe('CallEnded');
  await orphan.hangUp();
});

it('a sidecar killed at any point of a listen: the chain verifies, and each listen has its end', async () => {
  const { world } = scene;
  const anna = await scene.talk('anna');
  const reader = openAuditReader({ sqlite: auditFileOf(world.place.workDir) });
  const attempted = async () => {
    while ((await reader.unended('media-1')).length === 0) await setTimeout(1);
  };
  // ms after the attempt was recorded; the audio flows some 30 ms later
  for (const afterMs of ['asked', 0, 4, 8, 12, 16, 20, 25, 30, 60, 'hung up'] as const) {
    const call = await scene.dial('karin');
    const answered = call.answered.catch(() => {});
    if (afterMs === 'hung up') await answered;
    else if (afterMs !== 'asked') {
      await attempted();
      await setTimeout(afterMs);
    }
    if (afterMs === 'hung up') void call.hangUp();
    await world.restartSidecar();
    await expect.poll(() => reader.unended('media-1')).toEqual([]);
    expect((await reader.verify()).flawCount).toBe(0);
    expect(await onEngines(world)).toEqual(nothing);
    // not awaited: of an INVITE that was still open the PBX waits for an answer, for minutes
    if (afterMs !== 'hung up') void call.hangUp();
  }
  await reader.close();
  const ends = (await world.audit()).filter((r) => r.record === 'end' && r.reason === 'NodeEnded');
  expect(ends.length).toBeGreaterThanOrEqual(9);
  expect(ends).toContainEqual(expect.objectContaining({ startedAt: null }));
  await expectCalm(anna);
  await anna.customer.hangUp();
}, 150_000);

describe('the listening engine', () => {
  it('killed: listens end with MediaFailed, calls go on, and the next listen works once it is back', async () => {
    const { world } = scene;
    const anna = await scene.talk('anna');
    const [karin, sven] = [await scene.listen('karin'), await scene.listen('sven')];
    const from = performance.now();
    await world.listeningEngine.kill();
    for (const end of [await karin.ended, await sven.ended]) {
      expect(codeOf(end)).toBe('MediaFailed');
      expect(end.at - from).toBeLessThan(2_500);
    }
    expect(await scene.lastEnd()).toMatchObject({ reason: 'MediaFailed' });
    expect(codeOf(await scene.refused('karin'))).toBe('MediaFailed');
    await world.listeningEngine.restart();
    await (await scene.listen('karin')).hangUp();
    await expectCalm(anna, 3);
    await anna.customer.hangUp();
  });

  it('restarted so fast that no ping failed: listens end all the same', async () => {
    const anna = await scene.talk('anna');
    const karin = await scene.listen('karin');
    await scene.world.listeningEngine.kill();
    await scene.world.listeningEngine.restart();
    expect(codeOf(await karin.ended)).toBe('MediaFailed');
    await (await scene.listen('karin')).hangUp();
    await expectCalm(anna, 2);
    await anna.customer.hangUp();
  });

  it('hung: listens end and attempts are refused in bounded time; it works again when it wakes up', async () => {
    const { process } = scene.world.listeningEngine;
    const { metricsPort } = scene.world.place;
    const liveness = () =>
      fetch(`http://127.0.0.1:${metricsPort}/healthz/listening-engine`).then(({ status }) => status);
    expect(await liveness()).toBe(200);
    const anna = await scene.talk('anna');
    const karin = await scene.listen('karin');
    const from = performance.now();
    process.signal('SIGSTOP');
    const end = await karin.ended;
    expect(codeOf(end)).toBe('MediaFailed');
    expect(end.at - from).toBeLessThan(4_000);
    const refused = await scene.refused('sven');
    expect(codeOf(refused)).toBe('MediaFailed');
    await expect.poll(liveness).toBe(503);
    process.signal('SIGCONT');
    await (await scene.listen('sven')).hangUp();
    await expect.poll(liveness, { timeout: 5_000 }).toBe(200);
    await expectCalm(anna, 2);
    await anna.customer.hangUp();
  });
});

it('the call engine restarted: calls are gone, listens end, and the next call can be listened to', async () => {
  const { world } = scene;
  const lost = await scene.talk('anna');
  const karin = await scene.listen('karin');
  await world.callEngine.kill();
  expect(codeOf(await karin.ended)).toMatch(/^(?:MediaFailed|CallEnded)$/);
  await world.callEngine.restart();
  await lost.customer.hangUp();
  const anna = await scene.anchoredTalk('anna');
  await (await scene.listen('karin')).hangUp();
  await expectCalm(anna, 1);
  await scene.closed('karin');
  expect(await onEngines(world)).toMatchObject({ relays: 0 });
});
