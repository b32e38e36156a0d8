import type { MediaNode } from '@medlyssning/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { type ClusterHome, clusterOf } from './lib/world/cluster-home.ts';

const api = '/apis/medlyssning.dev/v1alpha1/namespaces';

let scene: Scene;
let home: ClusterHome;
beforeAll(async () => {
  scene = await Scene.start();
  home = clusterOf(scene.world);
});
afterAll(() => scene?.[Symbol.asyncDispose]());

/** What the media node says of the policies it has: status, reason and message. */
const policyApplied = async (): Promise<string> => {
  const { body } = await home.cluster.request({
    method: 'GET',
    path: `${api}/medlyssning-system/medianodes`,
  });
  const [node] = (body as { readonly items: readonly MediaNode[] }).items;
  const { status, reason, message } =
    node?.status?.conditions?.find(({ type }) => type === 'PolicyApplied') ?? {};
  return `${status} ${reason} ${message}`;
};

/** As an operator would that is newer than this sidecar. */
const require = (rules: readonly string[]) =>
  home.cluster.request({
    method: 'PATCH',
    path: `${api}/acme/forkpolicies/acme-0-of-1`,
    contentType: 'application/merge-patch+json',
    body: { spec: { requires: rules } },
  });

it('a policy comes to require a rule that the sidecar does not know: its listens end, its users are refused, calls go on; and back', async () => {
  const anna = await scene.talk('anna');
  const { call, ear } = await scene.ear('karin', 'anna');
  await home.killOperator();
  expect(await require(['QuietHours'])).toMatchObject({
    status: 200,
    body: { spec: { requires: ['QuietHours'] } },
  });
  expect(codeOf(await call.ended)).toBe('Revoked');
  await ear.close();
  expect(codeOf(await scene.refused('sven', 'anna'))).toBe('ListenerUnknown');
  await expect
    .poll(policyApplied, { timeout: 10_000 })
    .toMatch(
      /^False PolicyMalformed .*ForkPolicy acme\/acme-0-of-1: spec\.requires: .*does not know QuietHours,/,
    );

  await home.startOperator();
  await expect.poll(policyApplied, { timeout: 30_000 }).toMatch(/^True Applied /);
  await (await scene.listen('sven', 'anna')).hangUp();
  await expectCalm(anna, 2);
  await anna.customer.hangUp();
});
