import { afterAll, beforeAll, expect, it } from 'vitest';
import { PodsWorld, system } from '../lib/pods/pods-world.ts';
import { partyReceived } from '../lib/world/party-received.ts';

let world: PodsWorld;
beforeAll(async () => {
  world = await PodsWorld.start();
});
afterAll(() => world?.[Symbol.asyncDispose]());

it('says that the policy is enforced by the one media node', async () => {
  const output = '--output=jsonpath={.status.conditions[?(@.type=="Enforced")].message}';
  expect(await world.kubectl('get', 'company', 'acme', '--namespace=acme', output)).toMatch(/^1 of 1 /);
});

it('lets Karin hear a call that passes the media pod, and disturbs nobody', async () => {
  const { customer, agent } = await world.talk();
  const listen = await world.dial(await world.karin());
  await listen.answered;
  await world.hears(listen, ['customer', 'agent']);
  await world.hears(customer, ['agent']);
  await world.hears(agent, ['customer']);
  expect(partyReceived(customer.rtp, agent.rtp)).toMatchObject({ lost: 0, sounds: 0 });
  expect(partyReceived(agent.rtp, customer.rtp)).toMatchObject({ lost: 0, sounds: 1 });
  const media = new Set([customer, agent].flatMap(({ rtp }) => rtp.received.map(({ source }) => source)));
  for (const source of media) expect(source).toContain(world.cluster.network.node);
  await customer.hangUp();
  expect((await listen.ended).reason).toContain('CallEnded');
});

it('serves the console at its Service', async () => {
  const address = await world.kubectl(
    ...[
      'get',
      'service',
      'medlyssning-console',
      `--namespace=${system}`,
      '--output=jsonpath={.spec.clusterIP}',
    ],
  );
  const fetching = `process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; const page = await fetch('https://${address}/'); console.log(page.status, await page.text())`;
  const page = await world.kubectl(
    ...['exec', 'deployment/medlyssning-operator', `--namespace=${system}`, '--'],
    ...['node', '--input-type=module', '--eval', fetching],
  );
  expect(page).toMatch(/^200 <!doctype html>[\s\S]*<title>/im);
});
