import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import {
  engineRestarts,
  exhaustSidecar,
  lastEndOfSidecar,
  laterChart,
  signalListeningEngine,
  takeSidecarAway,
} from '../lib/pods/disturb.ts';
import { PodsWorld, system } from '../lib/pods/pods-world.ts';
import { partyReceived } from '../lib/world/party-received.ts';
import type { Talk } from '../lib/world/talk.ts';

let world: PodsWorld;
beforeAll(async () => {
  world = await PodsWorld.start();
});
afterEach(() => world?.hangUp());
afterAll(() => world?.[Symbol.asyncDispose]());

const inSystem = ['--namespace', system] as const;
const mediaPod = ['pod/medlyssning-media-0', ...inSystem] as const;

/** Five seconds of a call: longer than a pod that waits for nothing takes to end. */
const fiveSeconds = 250;

/** Both hear each other through the pod, all this time missed nothing, and heard no more sounds than there were listens. */
async function expectUndisturbed({ customer, agent }: Talk, sounds: number): Promise<void> {
  await world.hears(customer, ['anna']);
  await world.hears(agent, ['customer']);
  for (const { rtp } of [customer, agent])
    for (const { source } of rtp.received) expect(source).toContain(world.cluster.network.node);
  expect(partyReceived(customer.rtp, agent.rtp)).toMatchObject({ lost: 0, sounds: 0 });
  expect(partyReceived(agent.rtp, customer.rtp)).toMatchObject({ lost: 0, sounds });
}

it('says that the policy is enforced by the one media node', async () => {
  const output = '--output=jsonpath={.status.conditions[?(@.type=="Enforced")].message}';
  expect(await world.kubectl('get', 'company/acme', '--namespace=acme', output)).toMatch(/^1 of 1 /);
  const table = await world.kubectl('get', 'companies', '--namespace=acme');
  expect(table.split('\n')[0]).toMatch(/ ENFORCED +BY +OF +/);
  expect(table.split('\n')[1]).toMatch(/ True +1 +1 +\S+$/);
});

it('lets Karin hear a call that passes the media pod, and disturbs nobody', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  await expectUndisturbed(talk, 1);
  for (const { source } of listen.rtp.received) expect(source).toContain(world.cluster.network.node);
  await talk.customer.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');
});

it('serves the console at its Service', async () => {
  const output = '--output=jsonpath={.spec.clusterIP}';
  const address = await world.kubectl('get', 'service/medlyssning-console', ...inSystem, output);
  const fetching =
    `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; const page = await fetch('https://${address}/'); ` +
    'console.log(page.status, await page.text())';
  const page = await world.kubectl(
    ...['exec', 'deployment/medlyssning-operator', ...inSystem, '--'],
    ...['node', '--input-type=module', '--eval', fetching],
  );
  expect(page).toMatch(/^200 <!doctype html>[\s\S]*<title>/im);
});

it('an operator pod that is deleted, and an upgrade that changes definitions: call and listen go on', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  const one = await world.kubectl(
    ...['get', 'pods', ...inSystem, '--selector=app.kubernetes.io/component=operator'],
    '--output=jsonpath={.items[0].metadata.name}',
  );
  await world.kubectl('delete', `pod/${one}`, ...inSystem);
  await world.hears(listen, ['customer', 'anna']);

  await world.helm('upgrade', 'medlyssning', await laterChart(), '--wait', '--timeout=3m');
  expect(await world.kubectl('get', 'companies', '--namespace=acme')).toMatch(/LATER[\s\S]* SE /);
  await world.hears(listen, ['customer', 'anna']);
  await expectUndisturbed(talk, 1);
  await talk.customer.hangUp();
  await listen.ended;
});

it('a listening engine that is killed: its listens end, the call goes on, and one may listen again', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  signalListeningEngine(world, 'SIGKILL');
  expect((await listen.ended).reason).toContain('MediaFailed');
  const again = await world.listenWithin(60);
  await expectUndisturbed(talk, 2);
  await talk.customer.hangUp();
  await again.ended;
});

it('a sidecar that is killed for its memory: the call goes on, and one may listen again', async () => {
  const talk = await world.talk();
  await world.listen();
  await exhaustSidecar(world);
  await expect.poll(() => lastEndOfSidecar(world), { timeout: 60_000, interval: 500 }).toBe('OOMKilled');
  await world.kubectl('wait', '--for=condition=Ready', ...mediaPod, '--timeout=60s');
  const again = await world.listenWithin(60);
  await expectUndisturbed(talk, 2);
  await talk.customer.hangUp();
  await again.ended;
});

/** Six failed probes in a row, ten seconds between them, the last may take five; then the engine has five to end, on a busy machine. */
const revokedWithinMs = 85_000;

it('a sidecar that cannot be started again: its listens end all the same, the call goes on', async () => {
  const talk = await world.talk();
  const orphan = await world.listen();
  const before = await engineRestarts(world);
  const letItLive = await takeSidecarAway(world);
  const goneAt = performance.now();
  await world.hears(orphan, ['customer', 'anna']);

  const lastHeardAt = () => orphan.rtp.received.at(-1)?.arrivedAt ?? 0;
  await expect
    .poll(() => performance.now() - lastHeardAt(), { timeout: revokedWithinMs + 10_000, interval: 500 })
    .toBeGreaterThan(2_000);
  const silentFrom = lastHeardAt();
  expect(silentFrom - goneAt).toBeLessThan(revokedWithinMs);
  await talk.agent.rtp.hear(fiveSeconds);
  expect(lastHeardAt()).toBe(silentFrom);
  await expectUndisturbed(talk, 1);

  await letItLive();
  const again = await world.listenWithin(90);
  expect(lastHeardAt()).toBe(silentFrom);
  expect(await engineRestarts(world)).toEqual({
    ...before,
    'listening-engine': (before['listening-engine'] ?? 0) + 1,
  });
  await expectUndisturbed(talk, 2);
  await talk.customer.hangUp();
  await again.ended;
}, 300_000);

it('a listening engine that hangs is started anew, the call goes on, and one may listen again', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  signalListeningEngine(world, 'SIGSTOP');
  expect((await listen.ended).reason).toContain('MediaFailed');
  const again = await world.listenWithin(150);
  await expectUndisturbed(talk, 2);
  await talk.customer.hangUp();
  await again.ended;
}, 240_000);

it('a chart that is uninstalled leaves the call, the definitions and the company', async () => {
  const talk = await world.talk();
  await world.helm('uninstall', 'medlyssning');
  await talk.agent.rtp.hear(fiveSeconds);
  await expectUndisturbed(talk, 0);
  expect(await world.kubectl('get', 'company/acme', '--namespace=acme', '--output=name')).toContain('acme');
});
