import type { Readable } from 'node:stream';
import { request } from 'undici';
import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { AccessReader } from './access.ts';
import type { Connections } from './connections.ts';
import { readBounded } from './read-bounded.ts';
import { readRefusal } from './read-refusal.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With query. */
  readonly path: string;
  readonly what: string;
  readonly body?: { readonly contentType: string; readonly text: string };
  readonly signal: AbortSignal;
  /** For a body that may be silent for as long as it likes. */
  readonly isStream?: boolean;
}

const maxRefusalBytes = 64 * 1024;

/** Sends requests as the kubeconfig says. */
export class Exchange {
  readonly #access: AccessReader;
  readonly #connections: Connections;
  readonly #userAgent: string;

  constructor(access: AccessReader, connections: Connections, userAgent: string) {
    this.#access = access;
    this.#connections = connections;
    this.#userAgent = userAgent;
  }

  /** The body of a good answer. Rejects with `ApiError`, `ApiUnreachable` or the signal's reason; so does the body. */
  async send(call: Call): Promise<AsyncIterable<Uint8Array>> {
    const { server, headers, connection } = await unlessAborted(this.#access.read(), call.signal);
    const dispatcher = this.#connections.for(connection);
    try {
      const {
        statusCode,
        headers: answered,
        body,
      } = await request(server + call.path, {
        dispatcher,
        method: call.method,
        headers: {
          ...headers,
          accept: 'application/json',
          'user-agent': this.#userAgent,
          ...(call.body ? { 'content-type': call.body.contentType } : {}),
        },
        body: call.body?.text ?? null,
        signal: call.signal,
        ...(call.isStream ? { bodyTimeout: 0 } : {}),
      });
      if (statusCode >= 200 && statusCode < 300) return translated(body, call);
      if (statusCode === 401) this.#access.forget();
      const text = await readBounded(body, maxRefusalBytes);
      throw readRefusal({
        what: call.what,
        status: statusCode,
        retryAfter: [answered['retry-after']].flat()[0],
        body: text,
      });
    } catch (error) {
      throw translate(error, call);
    }
  }
}

async function* translated(body: Readable, call: Call): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (error) {
    throw translate(error, call);
  }
}

/** undici's errors in this package's words. What is none of undici's passes through. */
const translate = (error: unknown, { signal, what }: Call): unknown => {
  if (signal.aborted) return signal.reason;
  if (!(error instanceof Error) || error.name === 'ApiError' || error.name === 'ApiUnreachable') return error;
  const code = 'code' in error ? String(error.code) : error.name;
  const reason = /TIMEOUT|ETIMEDOUT/.test(code) ? 'Timeout' : 'Connection';
  return new ApiUnreachable(
    reason,
    `The API server gave no ${reason === 'Timeout' ? 'timely ' : ''}answer when asked to ${what} (${code}: ${error.message}).`,
    error,
  );
};
