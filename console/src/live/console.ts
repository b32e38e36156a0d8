import { type Api, createApi } from '../api/api.ts';
import { ProblemAnswer } from '../api/problem-answer.ts';
import type { Person } from '../api/views.ts';
import { type BrowserListen, startBrowserListen } from '../listen/browser-listen.ts';
import { type Session, SessionOver } from '../session/session.ts';
import { type Action, reduce } from '../state/reduce.ts';
import { initialState, ownListen, type State } from '../state/state.ts';
import { followLive } from './follow-live.ts';
import { waitOrOnline } from './wait-or-online.ts';

/** What the page can do for the one signed in. */
export interface Console {
  readonly state: State;
  /** @returns what ends it */
  subscribe(follower: () => void): () => void;
  listen(target: Person, on: string): Promise<void>;
  stop(id: string): Promise<void>;
  /** Gives up an attempt on a phone that rings. */
  cancel(): void;
  /** Finds colleagues that are not shown yet. */
  search(text: string, signal: AbortSignal): Promise<void>;
  /** @throws ProblemAnswer */
  record: Api['record'];
  dismiss(): void;
  /** How loud what is heard here is, 0 to 1. */
  level(): number;
  now(): number;
}

/** @param onOver called once nobody is signed in any longer, or whoever is, is not known here */
export const createConsole = (session: Session, onOver: (error: unknown) => void): Console => {
  const api: Api = createApi(() => session.token().catch(asProblem));
  const followers = new Set<() => void>();
  let state = initialState;
  let heard: BrowserListen | undefined;
  let ringing: AbortController | undefined;

  const dispatch = (action: Action): void => {
    state = reduce(state, action);
    if (heard && isOverHere(state, heard.id)) hangUp();
    for (const follower of followers) follower();
  };
  const hangUp = (): void => {
    heard?.close();
    heard = undefined;
  };
  const reasonOf = (error: unknown) => (error instanceof ProblemAnswer ? error.reason : 'MediaFailed');

  const hear = async (target: Person): Promise<void> => {
    const listen = await startBrowserListen(api, target.user);
    heard = listen;
    dispatch({ kind: 'attempt', attempt: { kind: 'hearing', target, id: listen.id } });
    void listen.broken.then(() => {
      if (heard !== listen) return;
      dispatch({ kind: 'attempt', attempt: { kind: 'none' } });
      dispatch({ kind: 'notice', notice: { kind: 'ended', target, reason: 'MediaFailed' } });
    });
  };

  void followLive({ api, dispatch, wait: waitOrOnline }, new AbortController().signal).catch(onOver);
  addEventListener('pagehide', () => {
    if (heard) void api.stop(heard.id).catch(() => {});
  });

  return {
    get state() {
      return state;
    },
    subscribe(follower) {
      followers.add(follower);
      return () => followers.delete(follower);
    },
    async listen(target, on) {
      if (state.attempt.kind !== 'none') return;
      dispatch({ kind: 'notice', notice: undefined });
      dispatch({ kind: 'attempt', attempt: { kind: 'asking', target, on } });
      try {
        if (on === 'browser') return await hear(target);
        ringing = new AbortController();
        await api.listen(target.user, on, ringing.signal);
        dispatch({ kind: 'attempt', attempt: { kind: 'none' } });
      } catch (error) {
        dispatch({ kind: 'attempt', attempt: { kind: 'none' } });
        if (ringing?.signal.aborted) return;
        dispatch({ kind: 'notice', notice: { kind: 'refused', target, reason: reasonOf(error) } });
      } finally {
        ringing = undefined;
      }
    },
    cancel: () => ringing?.abort(),
    async stop(id) {
      if (heard?.id === id) dispatch({ kind: 'attempt', attempt: { kind: 'none' } });
      try {
        await api.stop(id);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== 'ListenUnknown') dispatch({ kind: 'notice', notice: { kind: 'failed', reason } });
      }
    },
    async search(text, signal) {
      const colleagues = await api.search(text, signal).catch(() => []);
      if (!signal.aborted && state.link === 'live') dispatch({ kind: 'found', colleagues });
    },
    record: api.record,
    dismiss: () => dispatch({ kind: 'notice', notice: undefined }),
    level: () => heard?.level() ?? 0,
    now: api.now,
  };
};

const asProblem = (error: unknown): never => {
  throw new ProblemAnswer(error instanceof SessionOver ? 'Unauthenticated' : 'Unreachable', error);
};

/** The page is to fall silent as soon as it does not, or may not, listen any longer. */
const isOverHere = (state: State, id: string): boolean => {
  if (state.attempt.kind !== 'hearing') return true;
  const own = ownListen(state);
  return state.link === 'live' && own !== undefined && own.id !== id;
};
