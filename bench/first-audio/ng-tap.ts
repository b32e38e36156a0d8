import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { decodeBody, splitMessage } from 'rtpengine-ng-client';

/** One command as it passed between the sidecar and an engine; times on the clock of `performance.now()`. */
export interface NgPassage {
  readonly command: string;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** ng over TCP between the sidecar and an engine, passed on unchanged, with the time of every command told. */
export interface NgTap {
  readonly port: number;
  close(): void;
}

/**
 * Relies on the sidecar's client, which has one request on its way at a time: what comes back is its answer.
 * @param ngPort the engine's, for TCP on loopback
 */
export const openNgTap = async (ngPort: number, told: (passage: NgPassage) => void): Promise<NgTap> => {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: ngPort, host: '127.0.0.1', noDelay: true });
    let asked: { readonly command: string; readonly askedAt: number } | undefined;
    near.on('data', (request) => {
      const askedAt = performance.now();
      far.write(request);
      asked = { command: String(decodeBody(splitMessage(request).body)['command']), askedAt };
    });
    far.on('data', (answer) => {
      const answeredAt = performance.now();
      near.write(answer);
      if (asked) told({ ...asked, answeredAt });
      asked = undefined;
    });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        other.destroy();
        sockets.delete(socket);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The tap has no port.');
  return {
    port: address.port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
