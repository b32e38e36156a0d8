import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

interface Pair {
  readonly client: Socket;
  readonly upstream: Socket;
}

/** Stands before a server on this machine and passes bytes on, until it is told to do worse. TLS goes through untouched. */
export class TcpFaults {
  readonly #server: Server;
  readonly #target: URL;
  readonly #open = new Set<Pair>();
  #isRefusing = false;
  #slow: { readonly bytes: number; readonly everyMs: number } | undefined;
  /** Opened so far. */
  connections = 0;

  private constructor(server: Server, target: URL) {
    this.#server = server;
    this.#target = target;
  }

  static async before(target: string): Promise<TcpFaults> {
    const server = createServer({ pauseOnConnect: true });
    const faults = new TcpFaults(server, new URL(target));
    server.on('connection', (client) => faults.#accept(client));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return faults;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy is closed.');
    return `https://127.0.0.1:${address.port}`;
  }

  /** Ends what is open by RST. */
  reset(): void {
    for (const { client } of this.#open) client.resetAndDestroy();
  }

  /** What is open stays so, and nothing comes through any more, in either direction. New connections work. */
  stall(): void {
    for (const { client, upstream } of this.#open) {
      client.removeAllListeners('data').pause();
      upstream.removeAllListeners('data').pause();
    }
  }

  /** Every connection, open or new, is reset until told otherwise. */
  refuse(isRefusing: boolean): void {
    this.#isRefusing = isRefusing;
    if (isRefusing) this.reset();
  }

  /** What comes from the server dribbles; undefined: as fast as it can. */
  slow(pace: { readonly bytes: number; readonly everyMs: number } | undefined): void {
    this.#slow = pace;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const { client, upstream } of this.#open) {
      client.destroy();
      upstream.destroy();
    }
    await once(this.#server, 'close');
  }

  #accept(client: Socket): void {
    client.on('error', () => {});
    if (this.#isRefusing) {
      client.resetAndDestroy();
      return;
    }
    this.connections++;
    const upstream = connect(Number(this.#target.port), this.#target.hostname);
    const pair = { client, upstream };
    this.#open.add(pair);
    upstream.on('error', () => client.resetAndDestroy());
    client.on('close', () => {
      this.#open.delete(pair);
      upstream.destroy();
    });
    upstream.on('close', () => client.end());
    client.on('data', (bytes) => upstream.write(bytes));
    let passed = Promise.resolve();
    upstream.on('data', (bytes) => {
      passed = passed.then(() => this.#pass(bytes, client));
    });
    client.resume();
  }

  async #pass(bytes: Buffer, client: Socket): Promise<void> {
    let from = 0;
    while (from < bytes.length && !client.destroyed) {
      const pace = this.#slow;
      const end = pace ? from + pace.bytes : bytes.length;
      client.write(bytes.subarray(from, end));
      from = end;
      if (pace) await delay(pace.everyMs);
    }
  }
}
