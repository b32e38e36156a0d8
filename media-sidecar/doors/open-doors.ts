import type { SipEndpoint } from '@medlyssning/sip-tcp';
import type { Config } from '../config/config.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { notifyTarget } from '../notify/notify-target.ts';
import { addRoutes, type RouteParts } from './http/add-routes.ts';
import { openHttpDoor } from './http/http-door.ts';
import { createCallDevice } from './sip/call-device.ts';
import { openSipDoor } from './sip/sip-door.ts';

export interface DoorParts extends Omit<RouteParts, 'auth' | 'console' | 'callDevice'> {
  readonly config: Pick<Config, 'sip' | 'http'>;
  readonly metrics: Pick<Metrics, 'sipProblems'>;
  /** Whether the node can take listens now. */
  readonly ready: () => boolean;
}

export interface Doors {
  /** Where SIP is listened for. */
  readonly addresses: SipEndpoint['addresses'];
  close(): Promise<void>;
}

/** Opens the SIP door, by which the one listened to is told too (R6), and the HTTP API where it is configured. */
export const openDoors = async ({ config, metrics, ready, ...routes }: DoorParts): Promise<Doors> => {
  const { service, events, know, log } = routes;
  const endpoint = await openSipDoor({
    config: config.sip,
    service,
    ready,
    log,
    onProblem: (problem) => {
      metrics.sipProblems.inc({ kind: problem.kind });
      log.debug({ problem }, 'SIP turned away');
    },
  });
  const stopNotifying = notifyTarget({ events, index: know.index, endpoint, log });
  const callDevice = createCallDevice({ endpoint, autoAnswer: config.sip.autoAnswer, log });
  const { http } = config;
  const door =
    http &&
    (await openHttpDoor(http, log, (app) =>
      addRoutes(app, { ...routes, auth: http.auth, console: http.console, callDevice }),
    ));
  return {
    addresses: endpoint.addresses,
    async close() {
      await door?.close();
      stopNotifying();
      await endpoint.close();
    },
  };
};
