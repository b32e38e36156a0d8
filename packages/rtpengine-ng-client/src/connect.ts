import { NgClient } from './ng-client.ts';
import { NgError } from './ng-error.ts';
import { guardHooks, type NgHooks, noHooks } from './ng-hooks.ts';
import type { NgFormat } from './ng-message.ts';
import { TcpTransport } from './tcp-transport.ts';
import type { NgAddress } from './transport.ts';
import { UdpTransport } from './udp-transport.ts';

export interface ConnectOptions {
  /** `tcp:HOST:PORT` (rtpengine's --listen-tcp-ng) or `udp:HOST:PORT` (--listen-ng); an IPv6 host in brackets. */
  readonly url: string;
  /** Default `bencode`; `json` is for UDP only. */
  readonly format?: NgFormat;
  /** Default deadline of a request in ms; 3,000 if not given. */
  readonly timeoutMs?: number;
  readonly hooks?: Partial<NgHooks>;
}

const defaultTimeoutMs = 3_000;

/**
 * A client for the engine at `url`. Nothing is sent yet: the socket is opened with the first request, so an engine
 * that is down now may come up later.
 *
 * @throws NgError `Malformed` for a URL or a combination that cannot work
 */
export function connect(options: ConnectOptions): NgClient {
  const { url, format = 'bencode', timeoutMs = defaultTimeoutMs } = options;
  const hooks = options.hooks ? guardHooks(options.hooks) : noHooks;
  const { protocol, address } = parseUrl(url);
  if (protocol === 'tcp' && format === 'json') {
    throw new NgError('Malformed', 'rtpengine does not read JSON over TCP: use bencode, or udp: in the URL.');
  }
  const transport =
    protocol === 'tcp' ? new TcpTransport(address, hooks, Math.random) : new UdpTransport(address, hooks);
  return new NgClient(transport, { format, timeoutMs, hooks });
}

function parseUrl(url: string): { readonly protocol: 'tcp' | 'udp'; readonly address: NgAddress } {
  const [, protocol, bracketed, plain, digits] =
    /^(tcp|udp):(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(url) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if ((protocol !== 'tcp' && protocol !== 'udp') || host === undefined || port < 1 || port > 65_535) {
    throw new NgError('Malformed', `"${url}" is no engine address: write tcp:HOST:PORT or udp:HOST:PORT.`);
  }
  return { protocol, address: { host, port } };
}
