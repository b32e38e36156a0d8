import { expect } from 'vitest';
import { partyReceived } from '../world/party-received.ts';
import type { Talk } from '../world/talk.ts';
import type { PodsWorld } from './pods-world.ts';

/** Both hear each other through the pod, all this time missed nothing, and heard no more sounds than there were listens. */
export const expectUndisturbed = async (
  world: PodsWorld,
  { customer, agent }: Talk,
  sounds: number,
): Promise<void> => {
  await world.hears(customer, ['anna']);
  await world.hears(agent, ['customer']);
  for (const { rtp } of [customer, agent])
    for (const { source } of rtp.received) expect(source).toContain(world.cluster.network.node);
  expect(partyReceived(customer.rtp, agent.rtp)).toMatchObject({ lost: 0, sounds: 0 });
  expect(partyReceived(agent.rtp, customer.rtp)).toMatchObject({ lost: 0, sounds });
};
