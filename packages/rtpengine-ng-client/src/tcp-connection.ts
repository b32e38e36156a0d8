import { connect, type Socket } from 'node:net';
import { NgFramer } from './ng-framer.ts';
import { splitMessage } from './ng-message.ts';
import type { NgAddress } from './transport.ts';

/** Answers above this drop the connection: `list` of about half a million calls. */
const maxAnswerBytes = 32 * 1024 * 1024;

/** A peer that left an answer due for this long, and sent nothing else, is taken for gone. */
const deadAfterMs = 2_500;

/** How long an orderly end waits for answers that are due. */
const drainMs = 1_000;

export interface TcpConnectionEvents {
  connected(): void;
  message(cookie: string, body: Buffer): void;
  malformed(): void;
  /** Once, whoever ended it. */
  lost(failure: Error): void;
}

/** One TCP connection to an engine, from dialling to its end: whole messages in, whole messages out. */
export class TcpConnection {
  readonly #socket: Socket;
  readonly #events: TcpConnectionEvents;
  readonly #framer = new NgFramer(maxAnswerBytes);
  /** Cookies of what was written and not answered, whether or not anybody still waits for it. */
  readonly #due = new Set<string>();
  #heardAt = 0;
  #connected = false;
  #drained: () => void = () => {};

  constructor(address: NgAddress, events: TcpConnectionEvents) {
    this.#events = events;
    this.#socket = connect({ ...address, noDelay: true, keepAlive: true });
    let failure = new Error('The engine closed the connection.');
    this.#socket.on('connect', () => {
      this.#connected = true;
      events.connected();
    });
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('error', (error) => {
      failure = error;
    });
    this.#socket.on('close', () => {
      this.#drained();
      events.lost(failure);
    });
  }

  get connected(): boolean {
    return this.#connected && !this.#socket.destroyed;
  }

  /**
   * In one piece, so that on loopback it arrives in one piece: rtpengine drops a connection on which a part of a request
   * above 1,024 bytes waits for its rest.
   */
  write(cookie: string, bytes: Buffer): void {
    if (this.#due.size === 0) this.#heardAt = performance.now();
    this.#due.add(cookie);
    this.#socket.write(bytes);
  }

  /** A peer that vanished without a word (power, network) is noticed by its silence only. */
  dropIfDead(): void {
    if (this.#due.size > 0 && performance.now() - this.#heardAt >= deadAfterMs) {
      this.#socket.destroy(new Error('The engine was silent for too long.'));
    }
  }

  /** Close once the answers that are due have come: rtpengine may crash on a client that leaves before (README). */
  async end(): Promise<void> {
    if (this.connected && this.#due.size > 0) {
      const drained = Promise.withResolvers<void>();
      this.#drained = drained.resolve;
      const timer = setTimeout(drained.resolve, drainMs);
      await drained.promise;
      clearTimeout(timer);
    }
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#heardAt = performance.now();
    try {
      for (const message of this.#framer.push(chunk)) {
        const { cookie, body } = splitMessage(message);
        this.#due.delete(cookie);
        this.#events.message(cookie, body);
      }
    } catch (error) {
      // Where one message ends and the next begins is lost for good: only a new connection helps.
      this.#events.malformed();
      this.#socket.destroy(error instanceof Error ? error : undefined);
    }
    if (this.#due.size === 0) this.#drained();
  }
}
