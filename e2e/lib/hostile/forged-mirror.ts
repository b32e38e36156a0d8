import { connect, type Socket } from 'node:net';
import { hepPacket } from '@medlyssning/media-sidecar/observe/hep.fixture.ts';
import { encodeMessage, type NgArguments } from 'rtpengine-ng-client';
import { token } from '../pbx/testbed/raw-messages.ts';

/** Someone on this machine who speaks into the sidecar's HEP port as if it were the call engine. */
export interface ForgedMirror {
  /** A request of the PBX's and the engine's `ok`: it never happened. Takes the engine's place again where it was lost. */
  tell(request: NgArguments): Promise<void>;
  send(bytes: Uint8Array | string): Promise<void>;
  /** Resolves when the connection is closed, by whichever side. */
  closed(): Promise<void>;
  close(): void;
}

const pbx = 5_000;
const engine = 2_223;

export async function openForgedMirror(port: number): Promise<ForgedMirror> {
  let { socket, closed } = await open(port);
  const send = (bytes: Uint8Array | string) =>
    new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  return {
    async tell(request) {
      if (socket.destroyed) ({ socket, closed } = await open(port));
      // the engine's own cookies never come twice either
      const [cookie, at] = [token(), Date.now()];
      await send(hepPacket({ from: pbx, to: engine, at, payload: encodeMessage(cookie, request) }));
      const payload = encodeMessage(cookie, { result: 'ok' });
      await send(hepPacket({ from: engine, to: pbx, at: at + 1, payload }));
    },
    send,
    closed: () => closed,
    close: () => socket.destroy(),
  };
}

async function open(port: number): Promise<{ readonly socket: Socket; readonly closed: Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  socket.on('error', () => socket.destroy());
  socket.resume();
  return { socket, closed };
}
