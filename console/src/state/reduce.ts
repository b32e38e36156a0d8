import type { Snapshot } from '../api/api.ts';
import type { StreamEvent } from '../api/follow-stream.ts';
import type { Colleague, EndedListen, Listen } from '../api/views.ts';
import type { Attempt, Notice, State } from './state.ts';

export type Action =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  /** More colleagues, found by a search. */
  | { readonly kind: 'found'; readonly colleagues: readonly Colleague[] }
  | Exclude<StreamEvent, { kind: 'refresh' }>
  | { readonly kind: 'lost' }
  | { readonly kind: 'attempt'; readonly attempt: Attempt }
  | { readonly kind: 'notice'; readonly notice: Notice | undefined };

/** The state after something happened. */
export const reduce = (state: State, action: Action): State => {
  switch (action.kind) {
    case 'snapshot':
      return { ...state, ...afterLoss(state, action.snapshot), ...action.snapshot, link: 'live' };
    case 'found':
      return { ...state, colleagues: merged(state.colleagues, action.colleagues) };
    case 'colleague':
      return { ...state, colleagues: replaced(state.colleagues, action.colleague) };
    case 'listen':
      return action.listen.state === 'ended'
        ? ended(state, action.listen)
        : { ...state, listens: begun(state.listens, action.listen) };
    case 'lost':
      return { ...state, link: 'lost', colleagues: state.colleagues.map(unknown), listens: [] };
    case 'attempt':
      return { ...state, attempt: action.attempt };
    case 'notice':
      return { ...state, notice: action.notice };
  }
};

/** What this page heard when the connection was lost may have ended meanwhile. */
const afterLoss = (
  { link, attempt }: State,
  { listens }: Snapshot,
): Pick<State, 'attempt' | 'notice'> | undefined => {
  if (link !== 'lost' || attempt.kind !== 'hearing') return undefined;
  if (listens.some(({ id }) => id === attempt.id)) return undefined;
  const { target } = attempt;
  return { attempt: { kind: 'none' }, notice: { kind: 'ended', target, reason: 'MediaFailed' } };
};

/** Without a connection nothing is known of anybody's calls, and nobody can be listened to. */
const unknown = (colleague: Colleague): Colleague => ({
  ...colleague,
  mayListen: false,
  inCall: null,
  since: null,
});

const replaced = (colleagues: readonly Colleague[], fresh: Colleague): readonly Colleague[] =>
  colleagues.map((one) => (one.user === fresh.user ? fresh : one));

const merged = (colleagues: readonly Colleague[], found: readonly Colleague[]): readonly Colleague[] => {
  const byUser = new Map([...colleagues, ...found].map((one) => [one.user, one]));
  return [...byUser.values()].sort((a, b) => a.displayName.localeCompare(b.displayName, 'sv'));
};

const begun = (listens: readonly Listen[], fresh: Listen): readonly Listen[] =>
  listens.some(({ id }) => id === fresh.id)
    ? listens.map((one) => (one.id === fresh.id ? fresh : one))
    : [...listens, fresh];

/** One's own is told of, unless one ended it oneself. */
const ended = (state: State, { id, listener, target, reason }: EndedListen): State => {
  const isOwn = listener.user === state.me?.user;
  const isNews = isOwn && reason !== 'ListenerHungUp';
  const isHeardHere = state.attempt.kind === 'hearing' && state.attempt.id === id;
  return {
    ...state,
    listens: state.listens.filter((one) => one.id !== id),
    ...(isNews && { notice: { kind: 'ended', target, reason } }),
    ...(isHeardHere && { attempt: { kind: 'none' } }),
  };
};
