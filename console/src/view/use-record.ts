import { useEffect, useState } from 'preact/hooks';
import type { RecordPage, RecordQuery } from '../api/api.ts';
import { ProblemAnswer } from '../api/problem-answer.ts';
import type { RecordedAttempt } from '../api/views.ts';
import type { Console } from '../live/console.ts';

/** As much of the record as was fetched. */
export interface FetchedRecord {
  readonly attempts: readonly RecordedAttempt[];
  readonly isLoading: boolean;
  readonly problem: ProblemAnswer['reason'] | undefined;
  /** Fetches the next page; `undefined` where there is none, or it is being fetched. */
  readonly more: (() => void) | undefined;
}

type Fetched = RecordPage & { readonly problem?: ProblemAnswer['reason'] };

/** Follows what is asked for: every query begins anew, and so does a connection that was lost. */
export const useRecord = (
  console: Pick<Console, 'record'>,
  query: RecordQuery,
  isLive: boolean,
): FetchedRecord => {
  const [fetched, setFetched] = useState<Fetched>();
  const [asked, setAsked] = useState<{ readonly query: RecordQuery; readonly after: string }>();
  const [isLoading, setLoading] = useState(true);
  const after = asked?.query === query && isLive ? asked.after : undefined;

  useEffect(() => {
    if (!isLive) return setAsked(undefined);
    if (after === undefined) setFetched(undefined);
    const over = new AbortController();
    const show = (page: Fetched) => {
      if (over.signal.aborted) return;
      setLoading(false);
      setFetched((before) => ({
        ...page,
        attempts: after === undefined ? page.attempts : [...(before?.attempts ?? []), ...page.attempts],
      }));
    };
    setLoading(true);
    nextOf(console, { ...query, ...(after !== undefined && { after }) }, over.signal).then(show, (error) => {
      const problem = error instanceof ProblemAnswer ? error.reason : 'Unreachable';
      show({ attempts: [], next: null, problem });
    });
    return () => over.abort();
  }, [console, query, isLive, after]);

  const next = fetched?.next;
  return {
    attempts: fetched?.attempts ?? [],
    isLoading,
    problem: fetched?.problem,
    more: isLoading || !next ? undefined : () => setAsked({ query, after: next }),
  };
};

/** The next page that holds something, or the last. */
const nextOf = async (
  { record }: Pick<Console, 'record'>,
  query: RecordQuery,
  signal: AbortSignal,
): Promise<RecordPage> => {
  let page = await record(query, signal);
  while (page.attempts.length === 0 && page.next !== null)
    page = await record({ ...query, after: page.next }, signal);
  return page;
};
