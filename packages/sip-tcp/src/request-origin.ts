import type { IncomingRequestMessage } from 'sip.js/lib/core/index.js';
import type { SocketAddress } from './socket-address.ts';

/** What a request was before it was handed to the core, which refuses request-URIs that are not its own. */
export interface RequestOrigin {
  /** The request-URI as sent, text of any scheme: `sip:*28*081234510@acme.example`. Hostile until parsed. */
  readonly requestUri: string;
  /** The peer's end of the connection. */
  readonly peer: SocketAddress;
}

const origins = new WeakMap<IncomingRequestMessage, RequestOrigin>();

export function rememberOrigin(message: IncomingRequestMessage, origin: RequestOrigin): void {
  origins.set(message, origin);
}

/** Origin of a request an endpoint handed to its delegate. */
export function originOf(message: IncomingRequestMessage): RequestOrigin {
  const origin = origins.get(message);
  if (origin === undefined)
    throw new TypeError('This request was not received by a SIP endpoint of this package.');
  return origin;
}
