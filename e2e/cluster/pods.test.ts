import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Call } from '../lib/phone/index.ts';
import { attemptsOfKarin } from '../lib/pods/attempts-of-karin.ts';
import {
  engineRestarts,
  exhaustSidecar,
  lastEndOfSidecar,
  laterChart,
  signalListeningEngine,
  takeSidecarAway,
} from '../lib/pods/disturb.ts';
import { expectUndisturbed } from '../lib/pods/expect-undisturbed.ts';
import { PodsWorld, system } from '../lib/pods/pods-world.ts';

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

it('says that the policy is enforced by the one media node', async () => {
  const output = '--output=jsonpath={.status.conditions[?(@.type=="Enforced")].message}';
  expect(await world.kubectl('get', 'company/acme', '--namespace=acme', output)).toMatch(/^1 of 1 /);
  const table = await world.kubectl('get', 'companies', '--namespace=acme');
  expect(table.split('\n')[0]).toMatch(/ ENFORCED +BY +OF +/);
  expect(table.split('\n')[1]).toMatch(/ True +1 +1 +\S+$/);
});

it('passes helm test', async () => {
  expect(await world.helm('test', 'medlyssning')).toContain('Succeeded');
});

it('lets Karin hear a call that passes the media pod, and disturbs nobody', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  await expectUndisturbed(world, talk, 1);
  for (const { source } of listen.rtp.received) expect(source).toContain(world.cluster.network.node);
  await talk.customer.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');
});

it('serves console and API at their Service, by a certificate that holds, to those who have signed in', async () => {
  const console = await world.console();
  const page = await console.get('/');
  expect(page).toMatchObject({ status: 200, contentType: expect.stringContaining('text/html') });
  expect(page.text).toMatch(/^<!doctype html>[\s\S]*<title>/i);
  const stranger = await console.get('/v1/colleagues');
  expect(stranger).toMatchObject({
    status: 401,
    contentType: expect.stringContaining('application/problem+json'),
  });
  expect(JSON.parse(stranger.text)).toMatchObject({ status: 401, reason: 'Unauthenticated' });

  const token = await world.token('karin');
  const anna = async () => {
    const { text } = await console.get('/v1/colleagues?search=anna', token);
    return JSON.parse(text).colleagues;
  };
  expect(await anna()).toMatchObject([{ user: 'anna', inCall: false, reason: 'TargetNotInCall' }]);
  const { customer } = await world.talk();
  expect(await anna()).toMatchObject([{ user: 'anna', inCall: true, reason: 'Allowed', mayListen: true }]);
  await customer.hangUp();
  await expect.poll(anna).toMatchObject([{ user: 'anna', inCall: false }]);
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
  await expectUndisturbed(world, talk, 1);
  await talk.customer.hangUp();
  await listen.ended;
});

it('a listening engine that is killed: its listens end, the call goes on, and one may listen again', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  signalListeningEngine(world, 'SIGKILL');
  expect((await listen.ended).reason).toContain('MediaFailed');
  const again = await world.listenWithin(60);
  await expectUndisturbed(world, talk, 2);
  await talk.customer.hangUp();
  await again.ended;
});

/** When something last came to this listener, on the clock of `performance.now()`, ms. */
const lastHeardAt = (listen: Call): number => listen.rtp.received.at(-1)?.arrivedAt ?? 0;

it('a sidecar that is killed for its memory: its listens end as soon as it is back, the call goes on, and one may listen again', async () => {
  const talk = await world.talk();
  const orphan = await world.listen();
  await exhaustSidecar(world);
  await expect.poll(() => lastEndOfSidecar(world), { timeout: 60_000, interval: 500 }).toBe('OOMKilled');
  await world.kubectl('wait', '--for=condition=Ready', ...mediaPod, '--timeout=60s');
  const silentFrom = lastHeardAt(orphan);
  const again = await world.listenWithin(60);
  await talk.agent.rtp.hear(fiveSeconds);
  expect(lastHeardAt(orphan)).toBe(silentFrom);
  const ends = (await attemptsOfKarin(world)).filter(({ heardFrom }) => heardFrom !== null);
  expect(ends[0]).toMatchObject({ end: null });
  expect(ends[1]).toMatchObject({ end: { reason: 'NodeEnded' } });
  await expectUndisturbed(world, talk, 2);
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
  const tested = world.helm('test', 'medlyssning').catch(String);
  await world.hears(orphan, ['customer', 'anna']);

  await expect
    .poll(() => performance.now() - lastHeardAt(orphan), { timeout: revokedWithinMs + 10_000, interval: 500 })
    .toBeGreaterThan(2_000);
  const silentFrom = lastHeardAt(orphan);
  expect(silentFrom - goneAt).toBeLessThan(revokedWithinMs);
  await talk.agent.rtp.hear(fiveSeconds);
  expect(lastHeardAt(orphan)).toBe(silentFrom);
  await expectUndisturbed(world, talk, 1);

  expect(await tested).toContain('helm test medlyssning');
  expect(await world.kubectl('logs', 'pod/medlyssning-test-ready', ...inSystem)).toMatch(
    /^http:\S+operator:\S+: ready\nhttp:\S+media:\S+: no answer \(ENOTFOUND\)$/,
  );

  await letItLive();
  const again = await world.listenWithin(90);
  expect(lastHeardAt(orphan)).toBe(silentFrom);
  expect(await engineRestarts(world)).toEqual({
    ...before,
    'listening-engine': (before['listening-engine'] ?? 0) + 1,
  });
  await expectUndisturbed(world, talk, 2);
  await talk.customer.hangUp();
  await again.ended;
}, 300_000);

it('a listening engine that hangs is started anew, the call goes on, and one may listen again', async () => {
  const talk = await world.talk();
  const listen = await world.listen();
  signalListeningEngine(world, 'SIGSTOP');
  expect((await listen.ended).reason).toContain('MediaFailed');
  const again = await world.listenWithin(150);
  await expectUndisturbed(world, talk, 2);
  await talk.customer.hangUp();
  await again.ended;
}, 240_000);

it('a chart that is uninstalled leaves the call, the definitions and the company', async () => {
  const talk = await world.talk();
  await world.helm('uninstall', 'medlyssning');
  await talk.agent.rtp.hear(fiveSeconds);
  await expectUndisturbed(world, talk, 0);
  expect(await world.kubectl('get', 'company/acme', '--namespace=acme', '--output=name')).toContain('acme');
});
