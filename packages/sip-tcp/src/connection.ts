import type { Socket } from 'node:net';
import { type FramingLimits, SipFramer } from './framing.ts';
import type { SipProblem } from './problem.ts';
import type { SocketAddress } from './socket-address.ts';

/** How long and how full one connection may be. */
export interface ConnectionLimits extends FramingLimits {
  /** Closed when nothing was received or sent for so long, ms. */
  readonly idleMs: number;
  /** A message once begun must be whole within this time, ms. */
  readonly messageMs: number;
  /** Bytes waiting for a slow reader before the connection is given up. */
  readonly maxUnsentBytes: number;
}

export interface ConnectionEvents {
  onMessage(text: string, connection: SipConnection): void;
  onClosed(connection: SipConnection): void;
  onProblem(problem: SipProblem): void;
}

const endMs = 500;

/** One TCP connection that speaks SIP: whole messages in, text out, limits kept. */
export class SipConnection {
  readonly peer: SocketAddress;
  readonly #socket: Socket;
  readonly #framer: SipFramer;
  readonly #limits: ConnectionLimits;
  readonly #events: ConnectionEvents;
  #lastUsed = performance.now();
  #pendingSince: number | undefined;

  constructor(socket: Socket, peer: SocketAddress, limits: ConnectionLimits, events: ConnectionEvents) {
    this.peer = peer;
    this.#socket = socket;
    this.#framer = new SipFramer(limits);
    this.#limits = limits;
    this.#events = events;
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 30_000);
    socket.on('data', (chunk) => this.#received(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => events.onClosed(this));
  }

  /** Hands a message to the kernel. Throws when the connection is closed or its reader too slow. */
  send(text: string): void {
    if (this.#socket.destroyed || this.#socket.writableEnded)
      throw new Error('The SIP connection is closed.');
    if (this.#socket.writableLength > this.#limits.maxUnsentBytes) {
      this.#give('SlowReader');
      throw new Error('The SIP connection was closed because its peer does not read.');
    }
    this.#lastUsed = performance.now();
    this.#socket.write(text);
  }

  /** Closes the connection if it overstayed a limit; called now and then. */
  sweep(now: number): void {
    if (this.#pendingSince !== undefined && now - this.#pendingSince > this.#limits.messageMs)
      this.#give('Stalled');
    else if (now - this.#lastUsed > this.#limits.idleMs) this.#give('Idle');
  }

  /** Sends what is still unsent, then closes; a peer that does not read is not waited for longer than a moment. */
  end(): void {
    this.#socket.destroySoon();
    setTimeout(() => this.#socket.destroy(), endMs).unref();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #received(chunk: Buffer): void {
    this.#lastUsed = performance.now();
    const frames = this.#framer.push(chunk);
    for (const frame of frames) {
      if (this.#socket.destroyed) return;
      if (frame.kind === 'message') this.#events.onMessage(frame.text, this);
      else if (frame.kind === 'ping') this.#socket.write('\r\n');
      else {
        this.#events.onProblem({ kind: 'streamMalformed', address: this.peer.host, reason: frame.reason });
        this.#socket.destroy();
      }
    }
    if (!this.#framer.pending) this.#pendingSince = undefined;
    else if (frames.length > 0 || this.#pendingSince === undefined) this.#pendingSince = this.#lastUsed;
  }

  #give(reason: 'Idle' | 'Stalled' | 'SlowReader'): void {
    this.#events.onProblem({ kind: 'connectionLimit', address: this.peer.host, reason });
    this.#socket.destroy();
  }
}
