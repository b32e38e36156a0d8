import { isIPv6 } from 'node:net';

/** Where a socket is or shall be: an IP address (or, to connect to, a host name) and a TCP port. */
export interface SocketAddress {
  readonly host: string;
  readonly port: number;
}

/** Default port of SIP over TCP (RFC 3261 §19.1.2). */
export const sipPort = 5060;

/** `127.0.0.1:5060`, `[::1]:5060`: the form used in URIs, Via and as a key. */
export function hostPort({ host, port }: SocketAddress): string {
  return `${bracketed(host)}:${port}`;
}

/** An IPv6 address in brackets, anything else as it is (RFC 3261 §25.1, `IPv6reference`). */
export function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** The address without brackets and without the `::ffff:` that a dual-stack socket puts before IPv4 addresses. */
export function plainAddress(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/** Reads `host`, `host:port` or `[v6]:port`; undefined when it is none of these. */
export function parseHostPort(text: string): SocketAddress | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  const host = match?.[1];
  const port = match?.[2] === undefined ? sipPort : Number(match[2]);
  return host === undefined || port > 65_535 ? undefined : { host: plainAddress(host), port };
}
