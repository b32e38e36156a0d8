import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP connection that can be broken: what is between two programs on two machines, with its faults at will. */
export class TcpProxy {
  readonly port: number;
  readonly #target: number;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #server: Server;
  #stalled = false;
  /** Connections taken so far. */
  taken = 0;

  private constructor(port: number, target: number) {
    this.port = port;
    this.#target = target;
    this.#server = this.#serve();
  }

  /** Takes connections on `port` and carries them on to `target`, both on loopback. */
  static async open(port: number, target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(port, target);
    await proxy.mend();
    return proxy;
  }

  /** Breaks what is up and refuses what comes. */
  async cut(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.reset();
    await closed;
  }

  /** Takes connections again. */
  async mend(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#serve();
    await new Promise<void>((done, failed) => {
      this.#server.once('error', failed).listen(this.port, '127.0.0.1', done);
    });
  }

  /** Breaks what is up with a RST. */
  reset(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.resetAndDestroy();
  }

  /** Connections stay up and carry nothing: a cable pulled out, seen from both ends. */
  stall(): void {
    this.#stalled = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  /** Carries on with what waited. */
  flow(): void {
    this.#stalled = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  close(): Promise<void> {
    return this.cut();
  }

  #serve(): Server {
    return createServer((near) => {
      this.taken += 1;
      const far = connect(this.#target, '127.0.0.1');
      const pair = [near, far] as const;
      this.#pairs.add(pair);
      for (const [from, to] of [pair, [far, near] as const]) {
        from.on('data', (bytes: Buffer) => to.write(bytes));
        from.on('error', () => {});
        from.on('close', () => {
          to.destroy();
          this.#pairs.delete(pair);
        });
        if (this.#stalled) from.pause();
      }
    });
  }
}
