import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { refusalWith, sipAnswer } from '../lib/outcome/sip-answer.ts';
import { attemptsOfKarin } from '../lib/pods/attempts-of-karin.ts';
import { endPreStop, preStopBegun, signalListeningEngine } from '../lib/pods/disturb.ts';
import { expectUndisturbed } from '../lib/pods/expect-undisturbed.ts';
import { drainSeconds } from '../lib/pods/platform-values.ts';
import { PodsWorld, system } from '../lib/pods/pods-world.ts';

let world: PodsWorld;
beforeAll(async () => {
  world = await PodsWorld.start();
});
afterEach(() => world?.hangUp());
afterAll(() => world?.[Symbol.asyncDispose]());

const mediaPod = ['pod/medlyssning-media-0', '--namespace', system] as const;
const operators = ['--namespace', system, '--selector=app.kubernetes.io/component=operator'] as const;

/** Five seconds of a call: longer than a pod that waits for nothing takes to end. */
const fiveSeconds = 250;

/** Drains the node, and resolves when that is over, however it ended. */
const drain = (...options: readonly string[]) =>
  world.cluster.kubectl([
    'drain',
    world.cluster.nodeName,
    '--delete-emptydir-data',
    '--ignore-daemonsets',
    ...options,
  ]);

const evicted = () =>
  world.kubectl('wait', '--for=jsonpath={.metadata.deletionTimestamp}', ...mediaPod, '--timeout=30s');

/** Lets the node have pods again, and waits for those of the platform. */
const uncordon = async (): Promise<void> => {
  await world.kubectl('uncordon', world.cluster.nodeName);
  await world.kubectl('wait', '--for=create', ...mediaPod, '--timeout=30s');
  await world.kubectl('wait', '--for=condition=Ready', ...mediaPod, '--timeout=60s');
  await world.kubectl('rollout', 'status', 'deployment/medlyssning-operator', `--namespace=${system}`);
};

it('a node that is drained waits for call and listen to end, and keeps an operator that has nowhere else to be', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  const uid = () =>
    world.kubectl('get', ...mediaPod, '--ignore-not-found', '--output=jsonpath={.metadata.uid}');
  const before = await uid();
  const drained = drain('--timeout=25s');
  await evicted();
  const evictedAt = performance.now();
  await talk.agent.rtp.hear(fiveSeconds);
  await world.hears(listen, ['customer', 'anna']);
  await expectUndisturbed(world, talk, 1);
  expect(await uid()).toBe(before);

  await talk.customer.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');
  await expect.poll(uid, { timeout: drainSeconds * 1000, interval: 500 }).not.toBe(before);
  expect(performance.now() - evictedAt).toBeLessThan(drainSeconds * 1000);

  // There is one node: the second of two operators cannot be replaced, and the budget does not let it go unreplaced.
  const { ok, output } = await drained;
  expect(ok).toBe(false);
  expect(output).toMatch(/pods?\/"?medlyssning-operator-.*would violate the pod's disruption budget/);
  const onNode = `--field-selector=spec.nodeName=${world.cluster.nodeName}`;
  expect(await world.kubectl('get', 'pods', ...operators, onNode, '--output=name')).toMatch(/^pod\/\S+$/);
  await world.kubectl('wait', '--for=condition=Ready', 'pods', ...operators, onNode, '--timeout=1s');
  await uncordon();
}, 180_000);

it('a drain whose time is over ends the listen as Draining, and who dials then may try again', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  await world.phone('sven');
  const drained = drain('--pod-selector=app.kubernetes.io/component=media', '--timeout=100s');
  await preStopBegun(world);
  await world.hears(listen, ['customer', 'anna']);
  // A listening engine that is slow to answer holds the taking down up, so that one can look into it.
  signalListeningEngine(world, 'SIGSTOP');
  endPreStop(world);
  expect((await listen.ended).reason).toBe('SIP;cause=200;text="Draining"');
  expect(sipAnswer(await world.refused())).toEqual(refusalWith(503, 'Draining'));
  await expectUndisturbed(world, talk, 1);
  signalListeningEngine(world, 'SIGCONT');
  expect(await drained).toMatchObject({ ok: true });
  expect((await world.refused()).status).toBe(503);

  await uncordon();
  const [attempt] = await attemptsOfKarin(world);
  expect(attempt).toMatchObject({ heardFrom: expect.any(String), end: { reason: 'Draining' } });
}, 180_000);
