import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import type { Exchange } from './exchange.ts';
import type { NgHooks } from './ng-hooks.ts';
import { splitMessage } from './ng-message.ts';
import { maxRequestBytes, type NgAddress, type NgTransport } from './transport.ts';

/** The first repetition comes after this long, later ones after twice the wait before, up to `maxRetransmitMs`. */
const firstRetransmitMs = 250;
const maxRetransmitMs = 1_000;

/**
 * ng over UDP. An unanswered request is sent again with the same cookie: rtpengine knows it as a duplicate and repeats
 * its answer, so no command is carried out twice. The socket is connected, so that the kernel drops what does
 * not come from the engine's address and port.
 */
export class UdpTransport implements NgTransport {
  readonly #address: NgAddress;
  readonly #hooks: NgHooks;
  readonly #awaited = new Map<string, Exchange>();
  #socket: Promise<Socket> | undefined;
  #closed = false;

  constructor(address: NgAddress, hooks: NgHooks) {
    this.#address = address;
    this.#hooks = hooks;
  }

  send(exchange: Exchange): void {
    const { length } = exchange.bytes;
    if (this.#closed) exchange.fail('Closed', 'was not sent: the client is closed.');
    else if (length > maxRequestBytes) {
      exchange.fail('TooLarge', `is too large for UDP: ${length} bytes, at most ${maxRequestBytes}.`);
    } else {
      this.#awaited.set(exchange.info.cookie, exchange);
      exchange.onSettled = () => this.#awaited.delete(exchange.info.cookie);
      void this.#transmit(exchange, 1, firstRetransmitMs);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const exchange of this.#awaited.values())
      exchange.fail('Closed', 'was given up: the client is closed.');
    const opening = this.#socket;
    this.#socket = undefined;
    const socket = await opening?.catch(() => undefined);
    socket?.close();
  }

  async #transmit(exchange: Exchange, attempt: number, waitMs: number): Promise<void> {
    await this.#sendOnce(exchange);
    if (exchange.settled) return;
    if (attempt > 1) this.#hooks.onRetransmit(exchange.info, attempt);
    const timer = setTimeout(() => {
      void this.#transmit(exchange, attempt + 1, Math.min(maxRetransmitMs, waitMs * 2));
    }, waitMs);
    exchange.onSettled = () => {
      clearTimeout(timer);
      this.#awaited.delete(exchange.info.cookie);
    };
  }

  async #sendOnce(exchange: Exchange): Promise<void> {
    try {
      this.#socket ??= open(this.#address, (datagram) => this.#receive(datagram));
      const socket = await this.#socket;
      if (exchange.settled) return;
      // An error here (port unreachable, no buffers) is a lost datagram like any other: the next repetition may pass.
      socket.send(exchange.bytes, () => {});
      exchange.undelivered = undefined;
    } catch (error) {
      this.#socket = undefined;
      exchange.undelivered = error instanceof Error ? error : new Error(String(error));
    }
  }

  #receive(datagram: Buffer): void {
    try {
      const { cookie, body } = splitMessage(datagram);
      const exchange = this.#awaited.get(cookie);
      if (exchange) exchange.resolve(body);
      else this.#hooks.onIgnored('unawaited');
    } catch {
      this.#hooks.onIgnored('malformed');
    }
  }
}

async function open({ host, port }: NgAddress, receive: (datagram: Buffer) => void): Promise<Socket> {
  const { address, family } = await lookup(host);
  const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
  const connected = Promise.withResolvers<void>();
  socket.on('message', receive);
  // Once connected, an error is the ICMP answer to one datagram; its request is repeated until its deadline.
  socket.on('error', connected.reject);
  socket.connect(port, address, connected.resolve);
  try {
    await connected.promise;
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}
