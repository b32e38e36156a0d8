import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';

/** Stands between the call engine and the observer, so that the mirror can be cut without touching either. */
export class Cable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(from: number, to: () => number | undefined) {
    this.#server = createServer((socket) => {
      const port = to();
      if (port === undefined) return socket.destroy();
      const onward = connectTcp(port, '127.0.0.1');
      for (const end of [socket, onward]) {
        this.#sockets.add(end);
        end.on('error', () => {});
        end.on('close', () => {
          this.#sockets.delete(end);
          socket.destroy();
          onward.destroy();
        });
      }
      socket.pipe(onward);
      return undefined;
    });
    this.#server.listen(from, '127.0.0.1');
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
