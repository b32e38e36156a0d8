import type { EndReason } from '@medlyssning/policy';
import {
  createSipEndpoint,
  hostPort,
  originOf,
  type SipEndpoint,
  type SipProblem,
  trustedPeers,
} from '@medlyssning/sip-tcp';
import { pino } from 'pino';
import type { IncomingResponseMessage, OutgoingInviteRequest, Session } from 'sip.js/lib/core/index.js';
import type { Ask, AskOutcome } from '../../listen/ask.ts';
import { openSipDoor } from './sip-door.ts';

const loopback = { host: '127.0.0.1', port: 0 };
export const offer =
  'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n';
export const answer = offer.replace('40000', '30000');

/** A listen that does what the test says. */
export const stubListen = () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<EndReason>();
  const reoffers: string[] = [];
  const listen = {
    id: 'listen-1',
    ended,
    end,
    reoffers,
    reoffer: async (sdp: string): Promise<string> => {
      reoffers.push(sdp);
      return answer.replace('30000', '30002');
    },
  };
  return listen;
};

export const joined = (listen: ReturnType<typeof stubListen>): AskOutcome => ({
  kind: 'joined',
  listen,
  sdp: answer,
});

/** The door on a free port, before a service that answers as told. `pbxPort`: where requests of its own go. */
export const openDoor = async (answers: (ask: Ask) => Promise<AskOutcome> | AskOutcome, pbxPort: number) => {
  const asked: Ask[] = [];
  const problems: SipProblem['kind'][] = [];
  const logged: string[] = [];
  const state = { ready: true };
  const door = await openSipDoor({
    config: {
      listen: [{ transport: 'tcp', ...loopback }],
      trustedPeers: ['127.0.0.1/32'],
      outboundProxy: `sip:127.0.0.1:${pbxPort};transport=tcp`,
      deviceHeader: 'X-Device',
    },
    service: {
      ask: async (ask) => {
        asked.push(ask);
        return answers(ask);
      },
    },
    ready: () => state.ready,
    log: pino({}, { write: (line: string) => void logged.push(line) }),
    onProblem: ({ kind }) => void problems.push(kind),
  });
  return { door, asked, problems, logged, state };
};

/** A PBX over real connections. */
export const openPbx = async () => {
  /** The Reason of the door's BYE. */
  const bye = Promise.withResolvers<string | undefined>();
  let byeTo: string | undefined;
  const endpoint = await createSipEndpoint({
    listen: [loopback],
    user: 'pbx',
    userAgent: 'test',
    isTrusted: trustedPeers(['127.0.0.1/32']),
  });
  const uri = (door: SipEndpoint, user: string) => `sip:${user}@${hostPort(door.addresses[0] ?? loopback)}`;
  const follow = (session: Session) => {
    session.delegate = {
      onBye: (request) => {
        request.accept();
        byeTo = originOf(request.message).requestUri;
        bye.resolve(request.message.getHeader('reason'));
      },
    };
  };
  /** Dials; resolves with the final answer, and the session where it is a 200. */
  const dial = (door: SipEndpoint, sdp: string, extraHeaders: readonly string[] = []) => {
    const final = Promise.withResolvers<{
      readonly message: IncomingResponseMessage;
      readonly session: Session | undefined;
    }>();
    const settle = ({ message }: { readonly message: IncomingResponseMessage }) =>
      final.resolve({ message, session: undefined });
    const body = sdp === '' ? {} : { body: { contentType: 'application/sdp', content: sdp } };
    const invite: OutgoingInviteRequest = endpoint.invite(
      { to: uri(door, '*28*0846500403'), extraHeaders, ...body },
      {
        onAccept: (response) => {
          response.ack();
          follow(response.session);
          final.resolve({ message: response.message, session: response.session });
        },
        onRedirect: settle,
        onReject: settle,
      },
    );
    return { invite, final: final.promise };
  };
  return {
    endpoint,
    uri,
    dial,
    port: endpoint.addresses[0]?.port ?? 0,
    bye: bye.promise,
    byeTo: () => byeTo,
  };
};
