import { createSipEndpoint, type SipEndpoint, type SipProblem, trustedPeers } from '@medlyssning/sip-tcp';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.ts';
import type { ListenService } from '../../listen/listen-service.ts';
import { allow, notAllowed } from './allow.ts';
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
export const openSipDoor = async ({
  config,
  service,
  ready,
  log,
  onProblem,
}: SipDoorParts): Promise<SipEndpoint> => {
  const [first, ...others] = config.listen;
  if (!first) throw new TypeError('sip.listen names no address');
  const endpoint: SipEndpoint = await createSipEndpoint({
    listen: [first, ...others],
    user: 'medlyssning',
    userAgent: 'medlyssning',
    isTrusted: trustedPeers(config.trustedPeers),
    outboundProxy: nextHopOf(config.outboundProxy),
    onProblem,
    answerOptions: () =>
      ready()
        ? { statusCode: 200, extraHeaders: [allow, 'Accept: application/sdp'] }
        : { statusCode: 503, extraHeaders: ['Retry-After: 5'] },
    delegate: {
      onInvite: (request) => {
        const { contact } = endpoint;
        answerInvite(request, { service, deviceHeader: config.deviceHeader, contact, log });
      },
      onMessage: notAllowed,
      onRefer: notAllowed,
      onSubscribe: notAllowed,
      onNotify: notAllowed,
      onRegister: notAllowed,
    },
  });
  return endpoint;
};
