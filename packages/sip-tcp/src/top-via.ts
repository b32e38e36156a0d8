import { canonicalName, type HeaderText, type MessageText } from './message-text.ts';
import { parseHostPort, plainAddress, type SocketAddress } from './socket-address.ts';

/** What the topmost Via says about where responses go (RFC 3261 §18.2.2, RFC 3581 §4). */
export interface TopVia {
  readonly sentBy: SocketAddress;
  /** The address the request really came from; the server adds it. */
  readonly received: string | undefined;
  /** The port the request really came from; the server adds it. */
  readonly rport: number | undefined;
}

/** The two parameters, and quoted strings, which may hold what looks like them. */
const addressParameter = /"(?:[^"\\]|\\.)*"| ?; ?(?:received|rport) ?(?:= ?[^; ]*)?(?= ?;| ?$)/gi;

/**
 * Writes the peer's real address and port into the topmost Via of a request (RFC 3261 §18.2.1, RFC 3581 §4), over
 * whatever the peer wrote there, and gives that Via a line of its own. The response carries it back, so the
 * connection is found again without any state here.
 */
export function withPeerInTopVia(message: MessageText, peer: SocketAddress): MessageText {
  const index = message.headers.findIndex((header) => canonicalName(header.name) === 'via');
  const header = message.headers[index];
  if (header === undefined) return message;
  const [top, rest] = splitFirst(header.value);
  const bare = top
    .replace(/\s+/g, ' ')
    .replace(addressParameter, (found) => (found.startsWith('"') ? found : ''));
  const lines: HeaderText[] = [{ name: 'Via', value: `${bare};received=${peer.host};rport=${peer.port}` }];
  if (rest !== undefined) lines.push({ name: 'Via', value: rest });
  return { ...message, headers: message.headers.toSpliced(index, 1, ...lines) };
}

/** Reads the topmost Via; of a parameter given twice the last, which is ours. Undefined when it names no host. */
export function readTopVia(value: string | undefined): TopVia | undefined {
  if (value === undefined) return undefined;
  const [sent = '', ...params] = splitFirst(value)[0].split(';');
  const sentBy = parseHostPort(sent.replace(/^\s*SIP\s*\/\s*2\.0\s*\/\s*\w+\s+/i, ''));
  if (sentBy === undefined) return undefined;
  const parameter = (name: string) =>
    params
      .map((param) => param.split('='))
      .findLast(([key]) => key?.trim().toLowerCase() === name)?.[1]
      ?.trim();
  const received = parameter('received');
  const rport = Number(parameter('rport') || Number.NaN);
  return {
    sentBy,
    received: received === undefined ? undefined : plainAddress(received),
    rport: Number.isInteger(rport) && rport > 0 && rport < 65_536 ? rport : undefined,
  };
}

/** Splits a comma-joined header at its first comma outside quotes. */
function splitFirst(value: string): readonly [string, string | undefined] {
  const match = /^((?:[^",]|"(?:[^"\\]|\\.)*")*),(.*)$/.exec(value);
  return match?.[1] === undefined ? [value, undefined] : [match[1].trim(), match[2]?.trim()];
}
