import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import { Agent, request } from 'node:https';
import type { Socket } from 'node:net';

/** What the next request of a kind meets in place of its answer. */
export type HttpFault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string }
  /** 200 and these lines, then the end. */
  | { readonly lines: string }
  /** Nothing, for ever. */
  | 'silent';

export interface ServerCredential {
  readonly key: string;
  readonly certificate: string;
}

/**
 * Stands before the API server as a proxy that ends TLS, so that it can answer in its place or break off within an answer. Callers
 * have to log in by token, since their certificates end here.
 */
export class HttpFaults {
  readonly #server: Http2SecureServer;
  readonly #target: string;
  readonly #agent: Agent;
  readonly #next = { list: [] as HttpFault[], watch: [] as HttpFault[] };
  readonly #watches = new Set<Http2ServerResponse>();
  readonly #sockets = new Set<Socket>();
  #isTruncating = false;
  readonly requests = { list: 0, watch: 0 };

  private constructor(server: Http2SecureServer, target: string, ca: string) {
    this.#server = server;
    this.#target = target;
    this.#agent = new Agent({ ca, keepAlive: true });
  }

  static async before(
    target: string,
    ca: string,
    { key, certificate }: ServerCredential,
  ): Promise<HttpFaults> {
    const server = createSecureServer({ key, cert: certificate, allowHTTP1: true });
    const faults = new HttpFaults(server, target, ca);
    server.on('request', (asked, answer) => faults.#handle(asked, answer));
    // Not the HTTP/2 sessions: one that was told to go away waits for its client, which may be gone.
    server.on('connection', (socket) => {
      faults.#sockets.add(socket);
      socket.on('close', () => faults.#sockets.delete(socket));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return faults;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy is closed.');
    return `https://127.0.0.1:${address.port}`;
  }

  /** For the next requests of this kind, one each. */
  fail(kind: 'list' | 'watch', ...faults: readonly HttpFault[]): void {
    this.#next[kind].push(...faults);
  }

  /** Faults not met yet are forgotten. */
  heal(): void {
    this.#next.list.length = 0;
    this.#next.watch.length = 0;
    this.#isTruncating = false;
  }

  /** The open watches end within the next event. */
  truncate(): void {
    this.#isTruncating = this.#watches.size > 0;
  }

  /** The open watches end, in order. */
  endWatches(): void {
    for (const watch of this.#watches) watch.end();
  }

  /** The open watches say this next. */
  say(lines: string): void {
    for (const watch of this.#watches) watch.write(lines);
  }

  /** Shows another certificate from now on; what is open ends. */
  present({ key, certificate }: ServerCredential): void {
    this.#server.setSecureContext({ key, cert: certificate });
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#agent.destroy();
    await once(this.#server, 'close');
  }

  #handle(asked: Http2ServerRequest, answer: Http2ServerResponse): void {
    const kind = asked.url.includes('watch=true') ? 'watch' : 'list';
    this.requests[kind]++;
    const fault = this.#next[kind].shift();
    if (fault === undefined) this.#forward(asked, answer, kind === 'watch');
    else if (fault === 'silent') return;
    else if ('lines' in fault) answer.writeHead(200, { 'content-type': 'application/json' }).end(fault.lines);
    else answer.writeHead(fault.status, fault.headers).end(fault.body);
  }

  #forward(asked: Http2ServerRequest, answer: Http2ServerResponse, isWatch: boolean): void {
    const headers = Object.fromEntries(
      Object.entries(asked.headers).filter(([name]) => !name.startsWith(':')),
    );
    const sent = request(this.#target + asked.url, { method: asked.method, headers, agent: this.#agent });
    sent.on('error', () => answer.stream?.close());
    answer.on('close', () => {
      this.#watches.delete(answer);
      sent.destroy();
    });
    sent.on('response', (came) => {
      if (isWatch) this.#watches.add(answer);
      const { connection: _, 'transfer-encoding': __, ...rest } = came.headers;
      answer.writeHead(came.statusCode ?? 502, rest);
      if (isWatch) this.#pass(came, answer);
      else came.pipe(answer);
    });
    asked.pipe(sent);
  }

  #pass(came: IncomingMessage, answer: Http2ServerResponse): void {
    came.on('data', (bytes: Buffer) => {
      const isCut = this.#isTruncating;
      if (!answer.writableEnded) answer.write(isCut ? bytes.subarray(0, bytes.length / 2) : bytes);
      if (!isCut) return;
      this.#isTruncating = false;
      came.removeAllListeners('data').destroy();
      answer.end();
    });
    came.on('end', () => answer.end());
    came.on('error', () => answer.stream?.close());
  }
}
