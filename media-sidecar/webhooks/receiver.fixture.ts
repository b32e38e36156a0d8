import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (
  received: Received,
  request: Parameters<RequestListener>[0],
  response: Parameters<RequestListener>[1],
) => void;

/** A real HTTP server on this machine that answers as told and keeps what it was sent. */
export class Receiver {
  readonly received: Received[] = [];
  readonly #answer: Answer;
  readonly #arrived: (() => void)[] = [];
  #server = createServer();
  #port = 0;

  /** @param answer by default 204 */
  constructor(answer: Answer = (_, __, response) => response.writeHead(204).end()) {
    this.#answer = answer;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`;
  }

  /** On the port it had before, where it had one. */
  async open(): Promise<this> {
    this.#server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk;
      const received = { headers: request.headers, body };
      this.received.push(received);
      this.#answer(received, request, response);
      for (const arrived of this.#arrived.splice(0)) arrived();
    });
    await new Promise<void>((listening) => this.#server.listen(this.#port, '127.0.0.1', listening));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** Resolves once it was sent so many requests in all. */
  async got(count: number): Promise<readonly Received[]> {
    while (this.received.length < count) await new Promise<void>((arrived) => this.#arrived.push(arrived));
    return this.received;
  }

  /** As a process that is killed. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
