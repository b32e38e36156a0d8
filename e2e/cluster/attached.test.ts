import { imageReference, projectVersion } from '@medlyssning/tools/images/build-images.ts';
import type { RunningProcess } from '@medlyssning/tools/real/process.ts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { arrivesAt } from '../lib/pods/arrives-at.ts';
import { expectUndisturbed } from '../lib/pods/expect-undisturbed.ts';
import { registry } from '../lib/pods/platform-values.ts';
import { PodsWorld, system } from '../lib/pods/pods-world.ts';
import { startOwnersEngine } from '../lib/pods/start-owners-engine.ts';

// The media pod beside an rtpengine that is not the chart's, and, at the end, whole as a DaemonSet.

const laterTag = 'later';
const laterSidecar = `--set=images.sidecar.tag=${laterTag}`;
const laterImage = imageReference('media-sidecar', laterTag, registry);
const quickDrain = '--set=media.drain.seconds=5';
const attached = ['--set=media.form=attached', '--set=media.callEngine.ng=127.0.0.1:2223', quickDrain];
const draining = 'SIP;cause=200;text="Draining"';

/** Ten seconds of a call, in packets. */
const twiceTheDrain = 500;

let world: PodsWorld;
let engine: RunningProcess | undefined;
beforeAll(async () => {
  world = await PodsWorld.start(undefined, async (cluster) => {
    engine = await startOwnersEngine(cluster);
    return attached;
  });
  const image = imageReference('media-sidecar', await projectVersion(), registry);
  await world.cluster.tagImage(image, laterImage);
});
afterEach(() => world?.hangUp());
afterAll(async () => {
  await engine?.stop();
  await world?.[Symbol.asyncDispose]();
});

const inSystem = ['--namespace', system] as const;
const mediaPods = [...inSystem, '--selector=app.kubernetes.io/component=media'] as const;

/** `UID IMAGE` of the one media pod, the image that of its sidecar. */
const mediaPod = async (): Promise<readonly string[]> => {
  const output = '--output=jsonpath={.items[*].metadata.uid} {.items[*].spec.containers[0].image}';
  return (await world.kubectl('get', 'pods', ...mediaPods, output)).trim().split(' ');
};

const upgrade = (...args: readonly string[]) =>
  world.helm('upgrade', 'medlyssning', 'charts/medlyssning', ...args);

it('lets Karin hear a call of an engine that is not in a pod, and disturbs nobody', async () => {
  const output = '--output=jsonpath={.items[*].spec.initContainers[*].name}';
  expect((await world.kubectl('get', 'pods', ...mediaPods, output)).split(' ')).not.toContain('call-engine');
  const talk = await world.talk();
  const listen = await world.listen();
  await expectUndisturbed(world, talk, 1);
  // The engine was there first and found no sidecar; it may be half a minute until it tries again.
  const mirrors = '--for=jsonpath={.status.mirror.state}=Connected';
  await world.kubectl('wait', mirrors, 'medianode/medlyssning-media-0', ...inSystem, '--timeout=45s');
  await talk.customer.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');
});

it('an upgrade to another image replaces the pod after a drain: the listen ends, the call goes on', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  await upgrade(...attached, laterSidecar);
  expect((await listen.ended).reason).toBe(draining);
  await world.kubectl('rollout', 'status', 'statefulset/medlyssning-media', ...inSystem, '--timeout=60s');
  expect((await mediaPod())[1]).toBe(laterImage);
  const again = await world.listenWithin(60);
  await expectUndisturbed(world, talk, 2);
  await talk.customer.hangUp();
  await again.ended;
});

it('uninstalled with a call and a listen up: the listener is hung up, the call goes on, definitions and company are kept', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  await world.helm('uninstall', 'medlyssning');
  expect((await listen.ended).reason).toBe(draining);
  const arrived = await arrivesAt(world.cluster.network.here, listen.rtp.port);
  await world.kubectl('wait', '--for=delete', 'pod/medlyssning-media-0', ...inSystem, '--timeout=60s');
  await talk.agent.rtp.hear(twiceTheDrain);
  expect(arrived()).toBe(0);
  await expectUndisturbed(world, talk, 1);
  await talk.customer.hangUp();

  const kinds = ['companies', 'entitlements', 'forkpolicies', 'medianodes', 'profiles', 'users'];
  const kept = await world.kubectl('get', 'crd', '--output=jsonpath={.items[*].metadata.name}');
  expect(kept.split(' ')).toEqual(kinds.map((kind) => `${kind}.medlyssning.dev`));
  expect(await world.kubectl('get', 'company/acme', '--namespace=acme', '--output=name')).toContain('acme');
  await expectUndisturbed(world, await world.talk(), 0);
});

it('complete, as a DaemonSet: an upgrade to another image leaves the pod to its calls; deleted, it comes back with that image', async () => {
  await engine?.stop();
  const daemonSet = [
    '--set=media.kind=DaemonSet',
    `--set-string=media.nodeSelector.kubernetes\\.io/hostname=${world.cluster.nodeName}`,
    quickDrain,
  ];
  await world.helm('install', 'medlyssning', 'charts/medlyssning', '--wait', '--timeout=2m', ...daemonSet);
  const talk = await world.talk();
  const listen = await world.listenWithin(60);
  const before = await mediaPod();
  // Without `legacy` Helm 4 would wait for the pod that it leaves as it is.
  await upgrade(...daemonSet, laterSidecar, '--wait=legacy', '--timeout=30s');
  const output = '--output=jsonpath={.spec.template.spec.containers[0].image}';
  expect(await world.kubectl('get', 'daemonset/medlyssning-media', ...inSystem, output)).toBe(laterImage);
  await talk.agent.rtp.hear(twiceTheDrain);
  expect(await mediaPod()).toEqual(before);
  await world.hears(listen, ['customer', 'anna']);
  await expectUndisturbed(world, talk, 1);
  await talk.customer.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');

  await world.kubectl('delete', 'pods', ...mediaPods);
  await expect.poll(mediaPod, { timeout: 30_000 }).toEqual([expect.any(String), laterImage]);
  await world.kubectl('wait', '--for=condition=Ready', 'pods', ...mediaPods, '--timeout=60s');
  const next = await world.talk();
  await world.listenWithin(60);
  await expectUndisturbed(world, next, 1);
});
