import type { Transport } from 'sip.js/lib/core/index.js';
import type { SipConnections } from './connections.ts';
import { headerValues, isResponse, readMessageText } from './message-text.ts';
import { nextHop } from './next-hop.ts';
import type { SocketAddress } from './socket-address.ts';
import { readTopVia } from './top-via.ts';

/**
 * The transport SIP.js's core sends through. It is given text alone, so the way is read from the text: a response
 * goes back over the connection its request came on, or a new one to the Via's sent-by port if that is gone
 * (RFC 3261 §18.2.2); a request goes to its next hop.
 */
export class TcpTransport implements Transport {
  readonly protocol = 'TCP';
  readonly #connections: SipConnections;
  readonly #outboundProxy: SocketAddress | undefined;

  constructor(connections: SipConnections, outboundProxy: SocketAddress | undefined) {
    this.#connections = connections;
    this.#outboundProxy = outboundProxy;
  }

  /** Resolves when the message is handed to the kernel; rejects when no connection can be had. */
  async send(text: string): Promise<void> {
    const [known, otherwise] = this.#way(text);
    const open = known && this.#connections.find(known);
    const connection = open ?? (await this.#connections.reach(otherwise));
    connection.send(text);
  }

  /** Where to look for an open connection first, and where to connect to if there is none. */
  #way(text: string): readonly [SocketAddress | undefined, SocketAddress] {
    const message = readMessageText(text);
    if (!isResponse(message)) {
      const target = nextHop(message, this.#outboundProxy);
      if (target === undefined) throw new Error('The request names no next hop.');
      return [target, target];
    }
    const via = readTopVia(headerValues(message, 'via')[0]);
    if (via === undefined) throw new Error('The response has no Via to go back by.');
    const host = via.received ?? via.sentBy.host;
    return [via.rport === undefined ? undefined : { host, port: via.rport }, { host, port: via.sentBy.port }];
  }
}
