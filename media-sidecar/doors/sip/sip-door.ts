import { createSipEndpoint, type SipEndpoint, type SipProblem, trustedPeers } from '@medlyssning/sip-tcp';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import type { ListenService } from '../../listen/listen-service.ts';
import { answerInvite } from './answer-invite.ts';
import { nextHopOf } from './next-hop-of.ts';

export interface SipDoorParts {
  readonly config: Config['sip'];
  readonly service: Pick<ListenService, 'ask'>;
  /** Whether the node can take listens now; OPTIONS answers 503 where not, so that a PBX routes elsewhere. */
  readonly ready: () => boolean;
  readonly log: Logger;
  readonly onProblem: (problem: SipProblem) => void;
}

/** Opens the SIP door: INVITEs to the feature code from trusted peers become attempts to listen. */
export const openSipDoor = ({
  config,
  service,
  ready,
  log,
  onProblem,
}: SipDoorParts): Promise<SipEndpoint> => {
  const [first, ...others] = config.listen;
  if (!first) throw new TypeError('sip.listen names no address');
  return createSipEndpoint({
    listen: [first, ...others],
    user: 'medlyssning',
    userAgent: 'medlyssning',
    isTrusted: trustedPeers(config.trustedPeers),
    outboundProxy: nextHopOf(config.outboundProxy),
    onProblem,
    answerOptions: () =>
      ready() ? { statusCode: 200 } : { statusCode: 503, extraHeaders: ['Retry-After: 5'] },
    delegate: {
      onInvite: (request) => answerInvite(request, { service, deviceHeader: config.deviceHeader, log }),
      onMessage: (request) => request.reject({ statusCode: 405 }),
      onRefer: (request) => request.reject({ statusCode: 405 }),
      onSubscribe: (request) => request.reject({ statusCode: 405 }),
      onNotify: (request) => request.reject({ statusCode: 405 }),
      onRegister: (request) => request.reject({ statusCode: 405 }),
    },
  });
};
