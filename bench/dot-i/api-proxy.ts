import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';

/** How the proxy speaks to the real API server. */
export interface Upstream {
  readonly server: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** Does with a request what it likes; `pass` sends it on. */
export type Intercept = (answer: ServerResponse, pass: () => void) => void;

interface Trap {
  readonly fits: (request: IncomingMessage) => boolean;
  readonly intercept: Intercept;
}

export const isWatch = ({ url = '' }: IncomingMessage): boolean => /[?&]watch=(true|1)/.test(url);

/** A plain HTTP door to the real API server, that can break what passes through it. */
export class ApiProxy {
  readonly #server = createServer((incoming, answer) => this.#take(incoming, answer));
  readonly #upstream: Upstream;
  readonly #agent: Agent;
  readonly #watches = new Set<ServerResponse>();
  #traps: Trap[] = [];

  constructor(upstream: Upstream) {
    this.#upstream = upstream;
    this.#agent = new Agent({ keepAlive: true, ca: upstream.ca, cert: upstream.cert, key: upstream.key });
  }

  /** Resolves with the URL. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The watches that are open now. */
  get watches(): number {
    return this.#watches.size;
  }

  /** The next `times` requests that fit are intercepted. */
  trap(times: number, fits: Trap['fits'], intercept: Intercept): void {
    for (let i = 0; i < times; i++) this.#traps.push({ fits, intercept });
  }

  /** Resets the connections of all watches. */
  resetWatches(): void {
    for (const { socket } of this.#watches) socket?.resetAndDestroy();
  }

  /** Ends all watches as an API server ends them after their time. */
  endWatches(): void {
    for (const answer of this.#watches) answer.end();
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #take(incoming: IncomingMessage, answer: ServerResponse): void {
    answer.on('error', () => {});
    const trap = this.#traps.find(({ fits }) => fits(incoming));
    this.#traps = this.#traps.filter((other) => other !== trap);
    const pass = () => this.#pass(incoming, answer);
    if (trap) trap.intercept(answer, pass);
    else pass();
  }

  #pass(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = incoming;
    const { host: _, ...passed } = headers;
    const options = { method, agent: this.#agent, headers: passed };
    const outgoing = request(new URL(url ?? '/', this.#upstream.server), options, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.flushHeaders();
      response.on('error', () => answer.destroy());
      response.pipe(answer);
    });
    outgoing.on('error', () => answer.destroy());
    if (isWatch(incoming)) this.#watches.add(answer);
    answer.on('close', () => {
      this.#watches.delete(answer);
      outgoing.destroy();
    });
    incoming.pipe(outgoing);
  }
}
