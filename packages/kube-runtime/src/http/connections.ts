import { isDeepStrictEqual } from 'node:util';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';
import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { ConnectionOptions } from './access.ts';
import { holdStreamErrors } from './hold-stream-errors.ts';

/** Answer to an unanswered ping is awaited until the next one is due: a dead connection is found within twice this. */
const pingIntervalMs = 10_000;

const connectTimeoutMs = 10_000;

const common = {
  connectTimeout: connectTimeoutMs,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  keepAliveTimeout: 60_000,
  h2Options: { pingInterval: pingIntervalMs },
} as const;

/**
 * The connections to the API server: over HTTP/2 one, for watches and requests alike. Other certificates make other connections; what
 * is under way on the old ones may end there.
 */
export class Connections {
  readonly #old = new Set<Dispatcher>();
  #current: { readonly options: ConnectionOptions; readonly dispatcher: Dispatcher } | undefined;
  #closed = false;

  /** Throws `ApiUnreachable` once closed, and for a kind of proxy that cannot be used. */
  for(options: ConnectionOptions): Dispatcher {
    if (this.#closed) throw new ApiUnreachable('Connection', 'This client of the API server is closed.');
    if (this.#current && isDeepStrictEqual(this.#current.options, options)) return this.#current.dispatcher;
    holdStreamErrors();
    const dispatcher = open(options);
    if (this.#current) this.#retire(this.#current.dispatcher);
    this.#current = { options, dispatcher };
    return dispatcher;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#old, ...(this.#current ? [this.#current.dispatcher] : [])];
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }

  #retire(dispatcher: Dispatcher): void {
    this.#old.add(dispatcher);
    const gone = () => void this.#old.delete(dispatcher);
    dispatcher.close().then(gone, gone);
  }
}

const open = ({ tls, proxyUrl }: ConnectionOptions): Dispatcher => {
  if (proxyUrl === undefined)
    return new Agent({ ...common, connect: { ...tls, timeout: connectTimeoutMs, keepAlive: true } });
  const { protocol, host } = new URL(proxyUrl);
  if (protocol === 'http:' || protocol === 'https:')
    return new ProxyAgent({ ...common, uri: proxyUrl, requestTls: tls });
  throw new ApiUnreachable(
    'Credentials',
    `The kubeconfig's proxy-url ${protocol}//${host} cannot be used. Give the URL of an HTTP proxy.`,
  );
};
