import { BlockList, createServer, isIP, type Server, type Socket } from 'node:net';
import { HepFramer } from './hep-framer.ts';
import { type HepPacket, parseHep3 } from './hep3.ts';

export interface HepServerOptions {
  readonly host: string;
  readonly port: number;
  /** Addresses the call engine may come from besides loopback. */
  readonly peers?: readonly string[];
  readonly onPacket: (packet: HepPacket) => void;
  /** The call engine's connection came up or broke: the state of the mirror. */
  readonly onConnected: (connected: boolean) => void;
}

/** What came over the wire, ever increasing. */
export interface HepCounters {
  connections: number;
  /** Connections from elsewhere, closed at once. */
  refused: number;
  malformed: number;
  /** Messages above 64 KiB, stepped over. */
  oversized: number;
}

const allowed = (peers: readonly string[]): BlockList => {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  for (const peer of peers) list.addAddress(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4');
  return list;
};

/**
 * Takes the call engine's mirror: HEP3 over TCP. There is one call engine, so a new connection takes the place of the
 * old one, which may be the half-open rest of an engine that was restarted.
 */
export class HepServer {
  readonly counters: HepCounters = { connections: 0, refused: 0, malformed: 0, oversized: 0 };
  readonly #options: HepServerOptions;
  readonly #allowed: BlockList;
  readonly #server: Server;
  #current: Socket | undefined;

  constructor(options: HepServerOptions) {
    this.#options = options;
    this.#allowed = allowed(options.peers ?? []);
    this.#server = createServer({ keepAlive: true, keepAliveInitialDelay: 5000 }, (socket) =>
      this.#accept(socket),
    );
  }

  get connected(): boolean {
    return this.#current !== undefined;
  }

  /** Port it listens on, once `listen` has resolved. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : this.#options.port;
  }

  async listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#server.once('error', reject).listen(this.#options.port, this.#options.host, resolve);
    await promise;
    this.#server.off('error', reject);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#current?.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    // Errors end in `close`, which is where they are handled.
    socket.on('error', () => {});
    if (!isIP(address) || !this.#allowed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')) {
      this.counters.refused += 1;
      socket.destroy();
      return;
    }
    this.counters.connections += 1;
    const replaced = this.#current;
    this.#current = socket;
    if (replaced) {
      replaced.destroy();
      this.#options.onConnected(false);
    }
    const framer = new HepFramer();
    socket.on('data', (bytes: Buffer) => this.#read(socket, framer, bytes));
    socket.on('close', () => {
      this.counters.oversized += framer.oversized;
      if (this.#current !== socket) return;
      this.#current = undefined;
      this.#options.onConnected(false);
    });
    this.#options.onConnected(true);
  }

  #read(socket: Socket, framer: HepFramer, bytes: Buffer): void {
    if (this.#current !== socket) return;
    let packets: readonly Buffer[];
    try {
      packets = framer.push(bytes);
    } catch {
      this.counters.malformed += 1;
      socket.destroy();
      return;
    }
    for (const bytes of packets) {
      const packet = parseHep3(bytes);
      if (packet) this.#options.onPacket(packet);
      else this.counters.malformed += 1;
    }
  }
}
