import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { NgFramer } from './ng-framer.ts';
import { decodeMessage, encodeMessage, type NgMessage } from './ng-message.ts';

/** A TCP engine that does with each request what the test says. */
export interface FakeTcpEngine extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly NgMessage[];
  /** Connections accepted so far. */
  readonly connections: number;
}

export async function fakeTcpEngine(
  onRequest: (request: NgMessage, socket: Socket, nth: number) => void,
  port = 0,
): Promise<FakeTcpEngine> {
  const received: NgMessage[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    const framer = new NgFramer(1 << 20);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      for (const message of framer.push(chunk)) {
        const request = decodeMessage(message);
        received.push(request);
        onRequest(request, socket, received.length);
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `tcp:127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

export function ok({ cookie }: NgMessage, more: Parameters<typeof encodeMessage>[1] = {}): Buffer {
  return encodeMessage(cookie, { result: 'ok', ...more });
}
