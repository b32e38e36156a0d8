import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { Unanswered, UsageError, whyText } from '../errors.ts';
import { printable } from '../print/printable.ts';
import { readBounded } from './read-bounded.ts';
import { problemSchema, refusedBy, unreachable } from './refused.ts';

export interface SidecarOptions {
  /** Where its HTTP API is, without path. */
  readonly server: string;
  /** `undefined`: the token is taken from MEDLYSSNING_TOKEN. */
  readonly tokenFile?: string | undefined;
}

export interface SidecarRequest {
  readonly method?: 'GET' | 'PUT';
  readonly path: string;
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: object;
}

/** The HTTP API of a running media sidecar. */
export interface Sidecar {
  /** As sentences call it: `https://media-1:8443`. */
  readonly name: string;
  /** Resolves with the answer, checked. @throws Unanswered, SidecarRefused where it was refused */
  ask<T>(request: SidecarRequest, answer: z.ZodType<T>): Promise<T>;
  /** Server-sent events, from the one behind `lastEventId` on. @throws as `ask` */
  events(lastEventId: string | undefined): Promise<ReadableStream<Uint8Array>>;
}

const deadlineMs = 10_000;
const loopback = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/** @throws UsageError where this is no address that a token may be sent to */
export const openSidecar = ({ server, tokenFile }: SidecarOptions): Sidecar => {
  const base = addressOf(server);
  const name = base.origin;
  const headers = async (): Promise<Record<string, string>> => {
    const token = await tokenNow(tokenFile);
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  };
  const send = async (url: URL, options: RequestInit): Promise<Response> => {
    const response = await fetch(url, { ...options, redirect: 'error' }).catch((cause) => {
      throw unreachable(name, cause);
    });
    if (response.ok) return response;
    const problem = problemSchema.safeParse(await readBounded(response).catch(() => undefined));
    throw refusedBy(name, response.status, problem.data);
  };
  return {
    name,
    async ask({ method = 'GET', path, query = {}, body }, answer) {
      const url = new URL(path, base);
      for (const [key, value] of Object.entries(query))
        if (value !== undefined) url.searchParams.set(key, value);
      const response = await send(url, {
        method,
        headers: { ...(await headers()), ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(deadlineMs),
      });
      try {
        return answer.parse(await readBounded(response));
      } catch (cause) {
        throw new Unanswered(
          `The sidecar at ${name} gave no answer that can be read: ${whyText(cause)}. Is it of another version than this program?`,
          { cause },
        );
      }
    },
    async events(lastEventId) {
      const last = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const late = new AbortController();
      // For the answer to begin; it may last for hours.
      const timer = setTimeout(() => late.abort(new Error('no answer within 10 s')), deadlineMs);
      const { body } = await send(new URL('/v1/events', base), {
        headers: { ...(await headers()), accept: 'text/event-stream', ...last },
        signal: late.signal,
      }).finally(() => clearTimeout(timer));
      if (!body) throw new Unanswered(`The sidecar at ${name} gave no events.`);
      return body;
    },
  };
};

const addressOf = (text: string): URL => {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--server takes an address like https://media-1:8443, and not ${printable(text)}.`);
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    throw new UsageError(
      `--server must be https, unless it is on this machine: a token would cross the network in the clear.`,
    );
  return url;
};

/** Read anew each time: where a token is renewed in its file, the new one is sent. */
const tokenNow = async (file: string | undefined): Promise<string | undefined> => {
  const from = file ?? 'MEDLYSSNING_TOKEN';
  const found = file === undefined ? process.env['MEDLYSSNING_TOKEN'] : await readToken(file);
  const token = found?.trim();
  // RFC 6750, section 2.1. What stands there instead is not shown: it may be a secret all the same.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
    throw new Unanswered(`There is no token in ${from}: write it there alone, on one line.`);
  return token;
};

const readToken = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause) => {
    throw new Unanswered(`The token in ${file} cannot be read: ${whyText(cause)}.`, { cause });
  });
