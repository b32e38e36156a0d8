import type { Api } from '../api/api.ts';
import type { StreamEvent } from '../api/follow-stream.ts';
import { ProblemAnswer } from '../api/problem-answer.ts';
import type { Action } from '../state/reduce.ts';

export interface LiveParts {
  readonly api: Pick<Api, 'events' | 'snapshot'>;
  readonly dispatch: (action: Action) => void;
  /** Resolves after so many ms, or earlier when a try is worth it. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/** Reasons that trying again does not change. */
const final: ReadonlySet<string> = new Set(['Unauthenticated', 'ListenerUnknown']);

/**
 * Keeps the state as it is at the sidecar. Every connection begins with a snapshot, so that nothing from before it is shown as live.
 * Ends by the signal. @throws ProblemAnswer where trying again is of no use
 */
export const followLive = async (parts: LiveParts, signal: AbortSignal): Promise<void> => {
  let waitMs = firstWaitMs;
  while (!signal.aborted) {
    try {
      await followOnce(parts, signal, () => (waitMs = firstWaitMs));
    } catch (error) {
      if (error instanceof ProblemAnswer && final.has(error.reason)) throw error;
    }
    if (signal.aborted) return;
    parts.dispatch({ kind: 'lost' });
    // not all pages of a company in the same moment
    await parts.wait(waitMs * (0.5 + Math.random() / 2), signal);
    waitMs = Math.min(2 * waitMs, longestWaitMs);
  }
};

const followOnce = async ({ api, dispatch }: LiveParts, signal: AbortSignal, onLive: () => void) => {
  const abort = new AbortController();
  const both = AbortSignal.any([signal, abort.signal]);
  const early: Exclude<StreamEvent, { kind: 'refresh' }>[] = [];
  let wanted = 0;
  let loading: Promise<void> | undefined;
  let failed: { readonly error: unknown } | undefined;

  /** One at a time; what is wanted meanwhile is fetched after it. Events that come meanwhile are newer, and wait. */
  const load = async (): Promise<void> => {
    for (let done = 0; done !== wanted; ) {
      done = wanted;
      const snapshot = await api.snapshot(both);
      dispatch({ kind: 'snapshot', snapshot });
    }
    for (const event of early.splice(0)) dispatch(event);
    // in this very turn: an event that came before it would wait for the next snapshot
    loading = undefined;
    onLive();
  };
  const refresh = () => {
    wanted += 1;
    loading ??= load().catch((error) => {
      failed = { error };
      abort.abort();
    });
  };

  try {
    for await (const event of api.events(both)) {
      if (event.kind === 'refresh') refresh();
      else if (loading) early.push(event);
      else dispatch(event);
    }
  } catch (error) {
    throw failed ? failed.error : error;
  } finally {
    abort.abort();
    await loading;
  }
};
