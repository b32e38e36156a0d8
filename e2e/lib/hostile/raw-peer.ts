import { connect } from 'node:net';
import { Inbox } from '../pbx/testbed/inbox.ts';
import type { RawPhone } from '../pbx/testbed/raw-phone.ts';

/** A TCP connection that says whatever it is told to, and keeps what it is answered. */
export interface RawPeer extends RawPhone {
  /** Every byte that came back. */
  readonly bytes: () => number;
  /** Resolves when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;
  /** Says that nothing more will come; what was sent is still read. */
  readonly end: () => void;
  /** Resolves when the kernel has taken what was sent. */
  readonly sendBytes: (bytes: Uint8Array | string) => Promise<void>;
}

/** Connects to a port of this machine. `from`: the local address, which is all a peer is trusted by. */
export async function openRawPeer(port: number, from = '127.0.0.1'): Promise<RawPeer> {
  const inbox = new Inbox();
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  let pending: Buffer = Buffer.alloc(0);
  let bytes = 0;
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve();
    });
  });
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    pending = inbox.putStream(Buffer.concat([pending, chunk]));
  });
  return {
    host: from,
    port: socket.localPort ?? 0,
    transport: 'TCP',
    received: inbox.all,
    take: (fits, withinMs) => inbox.take(fits, withinMs),
    send: (text) => socket.write(text),
    sendBytes: (chunk) => new Promise((resolve) => socket.write(chunk, () => resolve())),
    end: () => socket.end(),
    bytes: () => bytes,
    closed,
    close: () => socket.destroy(),
  };
}
