import { Backoff } from './backoff.ts';
import type { Exchange } from './exchange.ts';
import type { NgHooks } from './ng-hooks.ts';
import { TcpConnection } from './tcp-connection.ts';
import { maxRequestBytes, type NgAddress, type NgTransport } from './transport.ts';

const firstReconnectMs = 20;
const maxReconnectMs = 2_000;

/**
 * ng over TCP, one request at a time. rtpengine leaves Nagle's algorithm on: of two answers that come close together
 * the second waits for the acknowledgement of the first, which Linux puts off for 40 ms where nothing is to be sent;
 * the next request carries it at once. (It also answers one connection's requests in turn, so pipelining gains nothing;
 * both measured on 26.0.1, `npm run bench`.)
 *
 * Connects when there is something to send. When the connection breaks, a request on its way fails with
 * `ConnectionLost`, but a repeatable one goes again, with the same cookie, on the next connection, and those that were
 * not yet written wait for it; all within their deadlines.
 */
export class TcpTransport implements NgTransport {
  readonly #address: NgAddress;
  readonly #hooks: NgHooks;
  readonly #backoff: Backoff;
  /** Not written yet, in order. */
  readonly #queue = new Set<Exchange>();
  /** Written on the current connection and still waited for. */
  #awaited: Exchange | undefined;
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
    // What is on its way last: its end lets the next one go.
    for (const exchange of [...this.#queue, this.#awaited]) {
      exchange?.fail('Closed', 'was given up: the client is closed.');
    }
    await this.#connection?.end();
  }

  /** Write the next request where none is waited for; dial first where there is no connection. */
  #flush(): void {
    if (!this.#connection?.connected) {
      this.#dial();
      return;
    }
    const [next] = this.#queue;
    if (this.#awaited || !next) return;
    this.#queue.delete(next);
    this.#awaited = next;
    next.undelivered = undefined;
    this.#connection.write(next.info.cookie, next.bytes);
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
    if (this.#awaited?.info.cookie === cookie) this.#awaited.resolve(body);
    else this.#hooks.onIgnored('unawaited');
  }

  #lost(failure: Error): void {
    this.#connection = undefined;
    const cut = this.#awaited;
    this.#awaited = undefined;
    const waiting = [...this.#queue];
    this.#queue.clear();
    for (const exchange of cut?.repeatable ? [cut, ...waiting] : waiting) {
      exchange.undelivered = failure;
      this.#queue.add(exchange);
    }
    if (!this.#closed) {
      this.#reconnect = setTimeout(() => {
        this.#reconnect = undefined;
        this.#dial();
      }, this.#backoff.next());
    }
    if (cut?.repeatable) return;
    cut?.fail('ConnectionLost', 'lost its connection before the answer; it may have been done.', failure);
  }

  #forget(exchange: Exchange): void {
    this.#queue.delete(exchange);
    if (this.#awaited === exchange) this.#awaited = undefined;
    this.#connection?.dropIfDead();
    this.#flush();
  }
}
