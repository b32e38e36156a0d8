import { createServer, type Server } from 'node:net';
import {
  DigestAuthentication,
  type IncomingResponseMessage,
  LoggerFactory,
  type OutgoingInviteRequest,
  type OutgoingInviteRequestDelegate,
  type Session,
  URI,
  UserAgentCore,
} from 'sip.js/lib/core/index.js';
import { SipConnections } from './connections.ts';
import { defaultSipLimits, type SipEndpointOptions } from './endpoint-options.ts';
import { type OutgoingOptions, sendInvite, sendRequest } from './outgoing.ts';
import { type ReInviteOptions, sendReInvite } from './re-invite.ts';
import { type Receiver, receive } from './receive.ts';
import { oneLine, quotable } from './safe-header.ts';
import { bracketed, hostPort, type SocketAddress } from './socket-address.ts';
import { TcpTransport } from './tcp-transport.ts';

/** A SIP user agent over TCP: SIP.js's core with sockets under it. */
export interface SipEndpoint {
  readonly core: UserAgentCore;
  /** Our Contact, with the port really taken. */
  readonly contact: URI;
  /** Where we listen, in the order of `listen`. */
  readonly addresses: readonly SocketAddress[];
  /** Open connections, accepted and opened. */
  readonly connections: number;
  /** Connections closed at accept because the peer is not trusted. */
  readonly rejectedPeers: number;
  /** Sends a request outside a dialog (MESSAGE, OPTIONS, REGISTER …); resolves with its final response, 408 and 503 made up by SIP.js included. */
  request(method: string, options: OutgoingOptions): Promise<IncomingResponseMessage>;
  /** Sends an INVITE; answers go to the delegate, which must `ack()` what it accepts. */
  invite(options: OutgoingOptions, delegate: OutgoingInviteRequestDelegate): OutgoingInviteRequest;
  /** Sends a re-INVITE in a confirmed dialog, ACKs its 2xx and resolves with its final response. */
  reInvite(session: Session, options: ReInviteOptions): Promise<IncomingResponseMessage>;
  /** Forgets all dialogs and transactions, closes listeners and connections. Says no BYE. */
  close(): Promise<void>;
}

/**
 * Listens and resolves once all addresses are bound.
 * @throws the system's error when an address cannot be bound.
 */
export async function createSipEndpoint(options: SipEndpointOptions): Promise<SipEndpoint> {
  const onProblem = options.onProblem ?? (() => {});
  const [first] = options.listen;
  let receiver: Receiver | undefined;
  const connections = new SipConnections({
    limits: { ...defaultSipLimits, ...options.limits },
    isTrusted: options.isTrusted,
    bind: /^(?:0\.0\.0\.0|::)$/.test(first.host) ? undefined : first.host,
    events: {
      onMessage: (text, connection) => receiver && receive(receiver, text, connection),
      onProblem,
    },
  });
  const servers: Server[] = [];
  const close = async () => {
    receiver?.core.dispose();
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    connections.close();
    await Promise.all(closed);
  };
  const addresses: SocketAddress[] = [];
  try {
    for (const address of options.listen) {
      const server = createServer((socket) => connections.accept(socket));
      servers.push(server);
      addresses.push(await listen(server, address));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const host = options.contactHost ?? first.host;
  const contact = new URI('sip', options.user, bracketed(host), addresses[0]?.port, { transport: 'tcp' });
  const transport = new TcpTransport(connections, options.outboundProxy);
  const core = createCore(options, contact, transport);
  const logger = core.loggerFactory.getLogger('sip-tcp');
  const { isTrusted, answerOptions } = options;
  receiver = { core, contact, logger, isTrusted, answerOptions, onProblem };
  return {
    core,
    contact,
    addresses,
    get connections() {
      return connections.count;
    },
    get rejectedPeers() {
      return connections.rejectedPeers;
    },
    request: (method, outgoing) => sendRequest(core, method, outgoing),
    invite: (outgoing, delegate) => sendInvite(core, outgoing, delegate),
    reInvite: (session, reInvite) => sendReInvite(core, session, reInvite),
    close,
  };
}

function createCore(options: SipEndpointOptions, contact: URI, transport: TcpTransport): UserAgentCore {
  const loggerFactory = new LoggerFactory();
  // SIP.js logs whole lines of messages, numbers included; what matters comes as a SipProblem.
  loggerFactory.builtinEnabled = false;
  const { credentials } = options;
  return new UserAgentCore(
    {
      aor: new URI('sip', options.user, options.domain ?? contact.host),
      contact: {
        pubGruu: undefined,
        tempGruu: undefined,
        uri: contact,
        toString: () => `<${contact.toString()}>`,
      },
      displayName: quotable(options.displayName ?? ''),
      loggerFactory,
      hackViaTcp: false,
      routeSet: [],
      sipjsId: 'mld',
      supportedOptionTags: [],
      supportedOptionTagsResponse: [],
      userAgentHeaderFieldValue: oneLine(options.userAgent),
      viaForceRport: true,
      viaHost: hostPort({ host: contact.host.replace(/^\[|\]$/g, ''), port: contact.port ?? 5060 }),
      authenticationFactory: () =>
        credentials &&
        new DigestAuthentication(loggerFactory, undefined, credentials.username, credentials.password),
      transportAccessor: () => transport,
    },
    options.delegate,
  );
}

function listen(server: Server, { host, port }: SocketAddress): Promise<SocketAddress> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const bound = server.address();
      resolve({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
    });
  });
}
