import { expect } from 'vitest';
import { partyReceived } from '../world/party-received.ts';
import type { Talk } from '../world/talk.ts';

/**
 * Nobody in this call noticed anything but `sounds` sounds at the agent's ear (left out: any number): no packet lost,
 * none from elsewhere, and voices still arrive. Waits for the last of that, so it fails by a timeout where the audio
 * stopped.
 */
export const expectCalm = async (
  { agent, customer }: Talk,
  sounds: number = expect.any(Number),
): Promise<void> => {
  await Promise.all([agent.rtp.hear(5), customer.rtp.hear(5)]);
  const oneSource = [expect.any(String)];
  expect(partyReceived(customer.rtp, agent.rtp)).toEqual({ lost: 0, sounds: 0, sources: oneSource });
  expect(partyReceived(agent.rtp, customer.rtp)).toEqual({ lost: 0, sounds, sources: oneSource });
};
