import { connect, type Socket } from 'node:net';
import { createSipEndpoint, type SipEndpoint } from './endpoint.ts';
import type { SipEndpointOptions } from './endpoint-options.ts';
import { hostPort } from './socket-address.ts';
import { trustedPeers } from './trusted-peers.ts';

const open: { close(): unknown }[] = [];

/** Closes what the test opened. */
export async function closeAll(): Promise<void> {
  for (const it of open.splice(0)) await it.close();
}

export const sdp = { contentType: 'application/sdp', content: 'v=0\r\n', contentDisposition: 'session' };

/** An endpoint on a free port that trusts 127.0.0.1. */
export async function endpoint(options: Partial<SipEndpointOptions> = {}): Promise<SipEndpoint> {
  const made = await createSipEndpoint({
    listen: [{ host: '127.0.0.1', port: 0 }],
    user: 'anna',
    userAgent: 'test',
    isTrusted: trustedPeers(['127.0.0.1/32']),
    ...options,
  });
  open.push(made);
  return made;
}

export function uriOf(target: SipEndpoint, user: string): string {
  return `sip:${user}@${hostPort(target.addresses[0] ?? { host: '', port: 0 })}`;
}

/** A peer that speaks raw bytes. */
export async function rawPeer(target: SipEndpoint, localAddress = '127.0.0.1') {
  const socket: Socket = connect({ port: target.addresses[0]?.port ?? 0, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  open.push({ close: () => socket.destroy() });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const answer = () =>
    new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  return { socket, closed, answer };
}

/** A request as text. `more`: further header lines; `top`: the topmost Via's value. */
export function raw(method: string, more = '', top = 'SIP/2.0/TCP 127.0.0.9:9;branch=z9hG4bKr1'): string {
  return [
    `${method} sip:anyone@else.example SIP/2.0`,
    `Via: ${top}`,
    'From: <sip:bo@acme.example>;tag=1',
    'To: <sip:anna@acme.example>',
    'Call-ID: c1',
    `CSeq: 1 ${method}`,
    `${more}Content-Length: 0`,
    '',
    '',
  ].join('\r\n');
}
