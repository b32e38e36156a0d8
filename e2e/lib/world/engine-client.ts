import { connect, type NgClient } from 'rtpengine-ng-client';
import type { World } from './world.ts';

/** A client of its own for one of the world's engines: `call` as the PBX has it, `listening` as the sidecar has it. */
export const engineClient = (world: World, role: 'call' | 'listening'): NgClient => {
  const { ng } = role === 'call' ? world.callEngine : world.listeningEngine;
  return connect({ url: `tcp:127.0.0.1:${ng.tcp}` });
};
