import { Backoff } from './backoff.ts';
import type { Exchange } from './exchange.ts';
import type { NgHooks } from './ng-hooks.ts';
import { TcpConnection } from './tcp-connection.ts';
import { maxRequestBytes, type NgAddress, type NgTransport } from './transport.ts';

/**
 * Unanswered request bytes on the connection; further requests wait here. rtpengine drops a connection on which a
 * part of a request above 1,024 bytes waits for its rest, which happens once pipelining fills the socket's buffers.
 */
const windowBytes = 48 * 1024;

const firstReconnectMs = 20;
const maxReconnectMs = 2_000;

/**
 * ng over TCP, pipelined. Connects when there is something to send. When the connection breaks, requests on their way
 * fail with `ConnectionLost`, but the repeatable ones go again, with the same cookie, on the next connection, and
 * those that were not yet written wait for it; all within their deadlines.
 */
export class TcpTransport implements NgTransport {
  readonly #address: NgAddress;
  readonly #hooks: NgHooks;
  readonly #backoff: Backoff;
  /** Not written yet, in order. */
  readonly #queue = new Set<Exchange>();
  /** Written on the current connection, by cookie. */
  readonly #awaited = new Map<string, Exchange>();
  #awaitedBytes = 0;
  #connection: TcpConnection | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(address: NgAddress, hooks: NgHooks, random: () => number) {
    this.#address = address;
    this.#hooks = hooks;
    this.#backoff = new Backoff(firstReconnectMs, maxReconnectMs, random);
  }

  send(exchange: Exchange): void {
    const { length } = exchange.bytes;
    if (this.#closed) exchange.fail('Closed', 'was not sent: the client is closed.');
    else if (length > maxRequestBytes) {
      exchange.fail(
        'TooLarge',
        `is too large: ${length} bytes, and rtpengine takes at most ${maxRequestBytes}.`,
      );
    } else {
      this.#queue.add(exchange);
      exchange.onSettled = () => this.#forget(exchange);
      this.#flush();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    for (const exchange of [...this.#queue, ...this.#awaited.values()]) {
      exchange.fail('Closed', 'was given up: the client is closed.');
    }
    await this.#connection?.end();
  }

  /** Write what the window lets through; dial first where there is no connection. */
  #flush(): void {
    if (!this.#connection?.connected) {
      this.#dial();
      return;
    }
    for (const exchange of this.#queue) {
      const { length } = exchange.bytes;
      if (this.#awaitedBytes > 0 && this.#awaitedBytes + length > windowBytes) return;
      this.#queue.delete(exchange);
      this.#awaited.set(exchange.info.cookie, exchange);
      this.#awaitedBytes += length;
      exchange.undelivered = undefined;
      this.#connection.write(exchange.info.cookie, exchange.bytes);
    }
  }

  #dial(): void {
    if (this.#connection || this.#reconnect || this.#closed || this.#queue.size === 0) return;
    let wasConnected = false;
    this.#connection = new TcpConnection(this.#address, {
      connected: () => {
        wasConnected = true;
        this.#hooks.onConnection('connected');
        this.#flush();
      },
      message: (cookie, body) => this.#receive(cookie, body),
      malformed: () => this.#hooks.onIgnored('malformed'),
      lost: (failure) => {
        if (wasConnected) this.#hooks.onConnection('lost');
        this.#lost(failure);
      },
    });
  }

  #receive(cookie: string, body: Buffer): void {
    this.#backoff.reset();
    const exchange = this.#awaited.get(cookie);
    if (exchange) exchange.resolve(body);
    else this.#hooks.onIgnored('unawaited');
  }

  #lost(failure: Error): void {
    this.#connection = undefined;
    const waiting = [...this.#queue];
    this.#queue.clear();
    for (const exchange of [...this.#awaited.values()]) {
      this.#unawait(exchange);
      if (exchange.repeatable) this.#queue.add(exchange);
      else
        exchange.fail(
          'ConnectionLost',
          'lost its connection before the answer; it may have been done.',
          failure,
        );
    }
    for (const exchange of waiting) this.#queue.add(exchange);
    for (const exchange of this.#queue) exchange.undelivered = failure;
    if (this.#closed) return;
    this.#reconnect = setTimeout(() => {
      this.#reconnect = undefined;
      this.#dial();
    }, this.#backoff.next());
  }

  #forget(exchange: Exchange): void {
    this.#queue.delete(exchange);
    this.#unawait(exchange);
    this.#connection?.dropIfDead();
    if (this.#queue.size > 0) this.#flush();
  }

  #unawait(exchange: Exchange): void {
    if (this.#awaited.delete(exchange.info.cookie)) this.#awaitedBytes -= exchange.bytes.length;
  }
}
