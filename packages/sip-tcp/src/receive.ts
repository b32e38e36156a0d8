import type { IncomingRequestMessage, Logger, URI, UserAgentCore } from 'sip.js/lib/core/index.js';
import { badRequest } from './bad-request.ts';
import type { SipConnection } from './connection.ts';
import { isResponse, readMessageText } from './message-text.ts';
import { parseMessage } from './parse-message.ts';
import type { SipProblem } from './problem.ts';
import { rememberOrigin } from './request-origin.ts';
import { withPeerInTopVia } from './top-via.ts';
import type { TrustPeer } from './trusted-peers.ts';

/** How an endpoint answers an OPTIONS outside a dialog; health checks read it. */
export interface OptionsAnswer {
  readonly statusCode: number;
  readonly extraHeaders?: readonly string[];
}

export interface Receiver {
  readonly core: UserAgentCore;
  readonly contact: URI;
  readonly logger: Logger;
  readonly isTrusted: TrustPeer;
  readonly answerOptions: (() => OptionsAnswer) | undefined;
  readonly onProblem: (problem: SipProblem) => void;
}

/** Takes one whole message from a connection to the core. Whatever it holds, and whatever a delegate does: never throws. */
export function receive(receiver: Receiver, text: string, connection: SipConnection): void {
  const address = connection.peer.host;
  const read = readMessageText(text);
  if (!isResponse(read) && !receiver.isTrusted(address)) {
    receiver.onProblem({ kind: 'peerRejected', address });
    connection.destroy();
    return;
  }
  const routed = isResponse(read) ? read : withPeerInTopVia(read, connection.peer);
  const parsed = parseMessage(routed, receiver.logger);
  try {
    if (parsed.kind === 'malformed') {
      receiver.onProblem({ kind: 'messageMalformed', address, reason: parsed.reason });
      const answer = badRequest(routed, parsed.reason);
      if (answer !== undefined) connection.send(answer);
    } else if (parsed.kind === 'response') {
      receiver.core.receiveIncomingResponseFromTransport(parsed.message);
    } else {
      rememberOrigin(parsed.message, {
        requestUri: read.startLine.split(' ')[1] ?? '',
        peer: connection.peer,
      });
      receiveRequest(receiver, parsed.message);
    }
  } catch (error) {
    receiver.onProblem({ kind: 'handlerFailed', address, error });
    if (parsed.kind === 'request') failOpenTransaction(receiver.core, parsed.message);
  }
}

function receiveRequest({ core, contact, answerOptions }: Receiver, message: IncomingRequestMessage): void {
  message.ruri = contact.clone();
  // The core tells transactions apart by branch alone; RFC 3261 §17.2.3 asks for the sent-by too.
  message.viaBranch += ` ${message.via.host}:${message.via.port}`;
  if (message.method === 'OPTIONS' && message.toTag === undefined && answerOptions !== undefined) {
    const { statusCode, extraHeaders = [] } = answerOptions();
    core.replyStateless(message, { statusCode, extraHeaders: [...extraHeaders] });
    return;
  }
  core.receiveIncomingRequestFromTransport(message);
}

function failOpenTransaction(core: UserAgentCore, message: IncomingRequestMessage): void {
  try {
    core.userAgentServers.get(message.viaBranch)?.reject({ statusCode: 500 });
  } catch {
    // Answered already: the delegate failed after it had sent its final response.
  }
}
