import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import { Inbox } from './inbox.ts';
import type { SipText } from './sip-text.ts';

/** A SIP endpoint without manners: it sends what a test writes, forged or not, and keeps what comes. */
export interface RawPhone {
  readonly host: string;
  readonly port: number;
  /** As written in Via. */
  readonly transport: 'UDP' | 'TCP';
  /** All that came, taken or not. */
  readonly received: readonly SipText[];
  send(text: string): void;
  /**
   * The first message, here or to come, that fits and was not taken before.
   * @throws Error naming what came instead, after `withinMs` (default 3 s)
   */
  take(fits: (message: SipText) => boolean, withinMs?: number): Promise<SipText>;
  close(): void;
}

const pbxHost = '127.0.0.1';

/** Speaks from one UDP socket to `to`. `host` is the local address: 127.0.0.2 is the PSTN, 127.0.0.3 the mobile operator. */
export async function openUdpPhone(to: number, host = '127.0.0.1'): Promise<RawPhone> {
  const inbox = new Inbox();
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, host, resolve));
  socket.on('message', (bytes) => inbox.put(bytes.toString()));
  return {
    host,
    port: socket.address().port,
    transport: 'UDP',
    received: inbox.all,
    take: (fits, withinMs) => inbox.take(fits, withinMs),
    send: (text) => socket.send(text, to, pbxHost),
    close: () => socket.close(),
  };
}

/** Opens one TCP connection to `to` and does everything over it. */
export async function openTcpPhone(to: number): Promise<RawPhone> {
  const inbox = new Inbox();
  const socket = connect({ port: to, host: pbxHost });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  follow(socket, inbox);
  return {
    host: pbxHost,
    port: socket.localPort ?? 0,
    transport: 'TCP',
    received: inbox.all,
    take: (fits, withinMs) => inbox.take(fits, withinMs),
    send: (text) => socket.write(text),
    close: () => socket.destroy(),
  };
}

/** Waits for a TCP connection, as the sidecar does, and answers over the last one made. */
export async function openTcpServer(): Promise<RawPhone> {
  const inbox = new Inbox();
  let last: Socket | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    last = socket;
    sockets.add(socket);
    follow(socket, inbox);
  });
  await new Promise<void>((resolve) => server.listen(0, pbxHost, resolve));
  const address = server.address();
  return {
    host: pbxHost,
    port: address !== null && typeof address === 'object' ? address.port : 0,
    transport: 'TCP',
    received: inbox.all,
    take: (fits, withinMs) => inbox.take(fits, withinMs),
    send: (text) => last?.write(text),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function follow(socket: Socket, inbox: Inbox): void {
  socket.setNoDelay(true);
  let pending: Buffer = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes: Buffer) => {
    pending = inbox.putStream(Buffer.concat([pending, bytes]));
  });
}
