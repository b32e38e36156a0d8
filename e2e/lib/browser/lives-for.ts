import { vi } from 'vitest';
import { engineClient } from '../world/engine-client.ts';
import type { World } from '../world/world.ts';

/** Chromium sends RTCP every 5 s or so. */
const signWithinMs = 10_000;

/** Resolves once signs of life of a browser that listens have come to the listening engine over so many ms. */
export const livesFor = async (world: World, listen: string, ms: number): Promise<void> => {
  const engine = engineClient(world, 'listening');
  const lastPacket = async () => {
    const { tags } = await engine.query({ 'call-id': listen });
    return tags.get(`listener-${listen}`)?.medias[0]?.streams[0]?.['last packet'];
  };
  try {
    const first = performance.now();
    for (let last = await lastPacket(); performance.now() < first + ms; last = await lastPacket()) {
      const before = last;
      await vi.waitFor(async () => expectOther(await lastPacket(), before), {
        timeout: signWithinMs,
        interval: 200,
      });
    }
  } finally {
    await engine.close();
  }
};

const expectOther = (packet: number | undefined, before: number | undefined): void => {
  if (packet === undefined || packet === before) throw new Error('Nothing came from the browser.');
};
