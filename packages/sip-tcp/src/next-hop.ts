import { headerValues, type MessageText } from './message-text.ts';
import { parseHostPort, type SocketAddress } from './socket-address.ts';

/**
 * Where a request is sent: the first Route, else the outbound proxy, else the request-URI (RFC 3261 §8.1.2).
 * Undefined when that names no host.
 */
export function nextHop(
  request: MessageText,
  outboundProxy: SocketAddress | undefined,
): SocketAddress | undefined {
  const route = headerValues(request, 'route')[0];
  if (route !== undefined) return uriTarget(route);
  return outboundProxy ?? uriTarget(request.startLine.split(' ')[1] ?? '');
}

/** Host and port of the first SIP URI in `text`, which may be a bare URI or a name-addr. */
export function uriTarget(text: string): SocketAddress | undefined {
  const uri = /^\s*sips?:(.*)$/is.exec(/<([^<>]*)>/.exec(text)?.[1] ?? text)?.[1];
  const hostPart = uri?.slice(uri.lastIndexOf('@') + 1).split(/[;?,]/)[0];
  return hostPart === undefined ? undefined : parseHostPort(hostPart);
}
