import { followStream, type StreamEvent } from './follow-stream.ts';
import { ProblemAnswer } from './problem-answer.ts';
import type { Colleague, Listen, Me, RecordedAttempt } from './views.ts';

/** All there is to know at a moment. */
export interface Snapshot {
  readonly me: Me;
  readonly colleagues: readonly Colleague[];
  /** There are more, which a search may find. */
  readonly hasMore: boolean;
  readonly listens: readonly Listen[];
}

export interface Admitted {
  readonly id: string;
  /** Where the offer goes; only for `browser`. */
  readonly whep?: string;
}

/** Which attempts of the record are asked for. */
export interface RecordQuery {
  /** As what one was in them; absent: all that one may see. */
  readonly as?: 'listener' | 'target';
  /** `user` of a colleague: with them only. */
  readonly person?: string;
  /** ISO 8601; `until` is the first that is not asked for. */
  readonly from?: string;
  readonly until?: string;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface RecordPage {
  readonly attempts: readonly RecordedAttempt[];
  readonly next: string | null;
}

/** The HTTP API of the sidecar. Everything rejects with ProblemAnswer. */
export interface Api {
  snapshot(signal: AbortSignal): Promise<Snapshot>;
  search(text: string, signal: AbortSignal): Promise<readonly Colleague[]>;
  /** Who asked to listen to whom, newest first. A page may be empty, and not the last. */
  record(query: RecordQuery, signal: AbortSignal): Promise<RecordPage>;
  /** What changes, until the stream ends or the signal is given. It begins with `refresh`. */
  events(signal: AbortSignal): AsyncGenerator<StreamEvent>;
  /** @param on `browser`, or a device of the caller: then it resolves once that has answered, and the signal lets it ring no longer */
  listen(target: string, on: string, signal?: AbortSignal): Promise<Admitted>;
  offer(whep: string, sdp: string): Promise<string>;
  /** Also while the page is going away. */
  stop(id: string): Promise<void>;
  /** Clock of the sidecar, ms since the epoch. */
  now(): number;
}

/** As many rows as a page shows without search. */
const mostRows = 2_000;
const pageRows = 500;
const deadlineMs = 10_000;

interface ColleaguesPage {
  readonly me: Me;
  readonly colleagues: readonly Colleague[];
  readonly next: number | null;
}

/** @param tokenNow resolves with a token that is valid now */
export const createApi = (tokenNow: () => Promise<string>): Api => {
  let ahead = 0;

  const request = async (path: string, options: RequestInit = {}): Promise<Response> => {
    const headers = { ...options.headers, authorization: `Bearer ${await tokenNow()}` };
    const response = await fetch(path, { ...options, headers }).catch((error) => {
      throw new ProblemAnswer('Unreachable', error);
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) ahead = date - Date.now();
    if (!response.ok) throw new ProblemAnswer(await reasonOf(response));
    return response;
  };
  const get = async <T>(path: string, signal: AbortSignal): Promise<T> => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
    return (await request(path, { signal: within })).json() as Promise<T>;
  };
  const colleagues = (from: number, signal: AbortSignal) =>
    get<ColleaguesPage>(`/v1/colleagues?limit=${pageRows}&from=${from}`, signal);

  return {
    async snapshot(signal) {
      const [first, { listens }] = await Promise.all([
        colleagues(0, signal),
        get<{ listens: readonly Listen[] }>('/v1/listens', signal),
      ]);
      const rows = [...first.colleagues];
      let { next } = first;
      while (next !== null && next < mostRows) {
        const page: ColleaguesPage = await colleagues(next, signal);
        rows.push(...page.colleagues);
        next = page.next;
      }
      return { me: first.me, colleagues: rows, hasMore: next !== null, listens };
    },
    async search(text, signal) {
      const path = `/v1/colleagues?search=${encodeURIComponent(text.slice(0, 100))}`;
      return (await get<ColleaguesPage>(path, signal)).colleagues;
    },
    record: (query, signal) => get<RecordPage>(`/v1/audit?${new URLSearchParams({ ...query })}`, signal),
    async *events(signal) {
      const response = await request('/v1/events', { signal, headers: { accept: 'text/event-stream' } });
      if (!response.body) throw new ProblemAnswer('Unreachable');
      yield* followStream(response.body, signal);
    },
    async listen(target, on, signal) {
      const response = await request('/v1/listens', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ target, on }),
        ...(signal && { signal }),
      });
      return (await response.json()) as Admitted;
    },
    async offer(whep, body) {
      const options = { method: 'POST', headers: { 'content-type': 'application/sdp' }, body };
      return (await request(whep, options)).text();
    },
    async stop(id) {
      await request(`/v1/listens/${encodeURIComponent(id)}`, { method: 'DELETE', keepalive: true });
    },
    now: () => Date.now() + ahead,
  };
};

const reasonOf = async (response: Response): Promise<ProblemAnswer['reason']> => {
  const body: unknown = await response.json().catch(() => undefined);
  const { reason } = (body ?? {}) as { reason?: ProblemAnswer['reason'] };
  return reason ?? (response.status === 401 ? 'Unauthenticated' : 'Unreachable');
};
