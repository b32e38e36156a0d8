import { connect, type NgClient } from 'rtpengine-ng-client';
import type { Address } from '../config/address.ts';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { ngHooks } from '../telemetry/ng-hooks.ts';
import { type CallEngine, createCallEngine } from './call-engine.ts';
import { type Insistent, insist } from './insist.ts';
import { createListeningEngine, type ListeningEngine } from './listening-engine.ts';

export interface Engines {
  readonly call: CallEngine;
  readonly listening: ListeningEngine;
  /** What both are asked by, measured and traced. */
  readonly clients: Readonly<Record<'call' | 'listening', NgClient>>;
  /** Take-downs that no engine has answered yet. */
  readonly takeDowns: Pick<Insistent, 'pending'>;
  close(): Promise<void>;
}

const urlOf = ({ transport, host, port }: Address): string =>
  `${transport}:${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Connects both engines; what is to be taken down on them is insisted on. */
export const connectEngines = (config: Config['engines'], metrics: Metrics): Engines => {
  const client = (engine: 'call' | 'listening') => {
    const { ng } = config[engine];
    return connect({ url: urlOf(ng), hooks: ngHooks(engine, ng, metrics) });
  };
  const clients = { call: client('call'), listening: client('listening') };
  const insistent = insist(createCallEngine(clients.call), createListeningEngine(clients.listening));
  return {
    call: insistent.call,
    listening: insistent.listening,
    clients,
    takeDowns: insistent,
    async close() {
      await insistent.stop();
      await clients.listening.close();
      await clients.call.close();
    },
  };
};
