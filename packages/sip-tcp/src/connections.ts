import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionEvents, type ConnectionLimits, SipConnection } from './connection.ts';
import { hostPort, plainAddress, type SocketAddress } from './socket-address.ts';
import type { TrustPeer } from './trusted-peers.ts';

/** Limits over all connections of an endpoint. */
export interface ConnectionsLimits extends ConnectionLimits {
  readonly maxConnections: number;
  /** A new connection must stand within this time, ms. */
  readonly connectMs: number;
}

export interface ConnectionsOptions {
  readonly limits: ConnectionsLimits;
  readonly isTrusted: TrustPeer;
  /** Local address new connections go out from; undefined: the system chooses. */
  readonly bind: string | undefined;
  readonly events: Pick<ConnectionEvents, 'onMessage' | 'onProblem'>;
}

/** All connections of an endpoint, accepted and opened, found by the peer's address. */
export class SipConnections {
  readonly #options: ConnectionsOptions;
  readonly #open = new Set<SipConnection>();
  readonly #byAddress = new Map<string, SipConnection>();
  readonly #opening = new Map<string, Promise<SipConnection>>();
  readonly #sweeper: NodeJS.Timeout;
  #rejectedPeers = 0;
  #closed = false;

  constructor(options: ConnectionsOptions) {
    this.#options = options;
    const period = Math.max(10, Math.min(options.limits.idleMs, options.limits.messageMs) / 4);
    this.#sweeper = setInterval(() => this.#sweep(), period);
    this.#sweeper.unref();
  }

  get count(): number {
    return this.#open.size;
  }

  /** Peers turned away at accept because they are not trusted. */
  get rejectedPeers(): number {
    return this.#rejectedPeers;
  }

  /** Takes a socket from a listener, or closes it at once when its peer may not be here. */
  accept(socket: Socket): void {
    const { limits, isTrusted, events } = this.#options;
    const peer = { host: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
    if (!isTrusted(peer.host)) {
      this.#rejectedPeers += 1;
      events.onProblem({ kind: 'peerRejected', address: peer.host });
      turnAway(socket);
    } else if (this.#open.size >= limits.maxConnections) {
      events.onProblem({ kind: 'tooManyConnections', address: peer.host });
      turnAway(socket);
    } else {
      this.#add(socket, peer);
    }
  }

  /** The open connection to exactly this peer. */
  find(peer: SocketAddress): SipConnection | undefined {
    return this.#byAddress.get(hostPort(peer));
  }

  /** The open connection to a peer, or a new one. Rejects when it cannot be opened in time. */
  reach(target: SocketAddress): Promise<SipConnection> {
    const key = hostPort(target);
    const opening = this.#opening.get(key);
    if (opening !== undefined) return opening;
    const started = this.#connect(target).finally(() => this.#opening.delete(key));
    this.#opening.set(key, started);
    return started;
  }

  /** Sends what is unsent, then closes everything. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    for (const connection of this.#open) connection.end();
  }

  #connect(target: SocketAddress): Promise<SipConnection> {
    const { bind, limits } = this.#options;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new Error(`No SIP connection to ${hostPort(target)}: ${why}.`));
      if (this.#closed) return fail('the endpoint is closed');
      const localAddress =
        bind !== undefined && isIP(bind) === isIP(target.host) ? { localAddress: bind } : {};
      const socket = connect({ host: target.host, port: target.port, ...localAddress });
      const timer = setTimeout(() => {
        socket.destroy();
        fail(`not connected within ${limits.connectMs} ms`);
      }, limits.connectMs);
      socket.once('error', (error) => {
        clearTimeout(timer);
        fail(error.message);
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeAllListeners('error');
        if (this.#closed) socket.destroy();
        const peer = { host: plainAddress(socket.remoteAddress ?? target.host), port: target.port };
        resolve(this.#add(socket, peer, target));
      });
    });
  }

  /** `asked`: what was connected to, where a name stood for the peer's address. */
  #add(socket: Socket, peer: SocketAddress, asked: SocketAddress = peer): SipConnection {
    const { limits, events } = this.#options;
    const keys = [hostPort(peer), hostPort(asked)];
    const connection = new SipConnection(socket, peer, limits, {
      ...events,
      onClosed: (closed) => {
        this.#open.delete(closed);
        for (const key of keys) if (this.#byAddress.get(key) === closed) this.#byAddress.delete(key);
      },
    });
    this.#open.add(connection);
    for (const key of keys) this.#byAddress.set(key, connection);
    return connection;
  }

  #sweep(): void {
    const now = performance.now();
    for (const connection of this.#open) connection.sweep(now);
  }
}

function turnAway(socket: Socket): void {
  socket.on('error', () => socket.destroy());
  socket.destroy();
}
