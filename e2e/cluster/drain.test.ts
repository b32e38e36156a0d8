import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { PodsWorld, system } from '../lib/pods/pods-world.ts';
import { partyReceived } from '../lib/world/party-received.ts';

let world: PodsWorld;
beforeAll(async () => {
  world = await PodsWorld.start();
});
afterEach(() => world?.hangUp());
afterAll(() => world?.[Symbol.asyncDispose]());

const mediaPod = ['pod/medlyssning-media-0', '--namespace', system] as const;

/** Five seconds of a call: longer than a pod that waits for nothing takes to end. */
const fiveSeconds = 250;

it('a node that is drained waits for the call to end, and has its media pod again once it may', async () => {
  const { customer, agent } = await world.talk();
  const drained = world.kubectl(
    ...['drain', world.cluster.nodeName, '--delete-emptydir-data', '--timeout=100s'],
    '--pod-selector=app.kubernetes.io/component=media',
  );
  await world.kubectl('wait', '--for=jsonpath={.metadata.deletionTimestamp}', ...mediaPod, '--timeout=30s');
  await agent.rtp.hear(fiveSeconds);
  for (const { source } of agent.rtp.received) expect(source).toContain(world.cluster.network.node);
  expect(partyReceived(customer.rtp, agent.rtp)).toMatchObject({ lost: 0, sounds: 0 });
  expect(partyReceived(agent.rtp, customer.rtp)).toMatchObject({ lost: 0, sounds: 0 });
  await customer.hangUp();
  await drained;

  await world.kubectl('uncordon', world.cluster.nodeName);
  await world.kubectl('wait', '--for=create', ...mediaPod, '--timeout=30s');
  await world.kubectl('wait', '--for=condition=Ready', ...mediaPod, '--timeout=60s');
});
