import type { ProblemAnswer } from '../api/problem-answer.ts';
import type { Colleague, EndedListen, Listen, Me, Person } from '../api/views.ts';

/** What this page itself does about listening. */
export type Attempt =
  | { readonly kind: 'none' }
  | { readonly kind: 'asking'; readonly target: Person; readonly on: string }
  /** The audio comes to this page. */
  | { readonly kind: 'hearing'; readonly target: Person; readonly id: string };

/** Something to say once. */
export type Notice =
  | { readonly kind: 'refused'; readonly target: Person; readonly reason: ProblemAnswer['reason'] }
  | { readonly kind: 'ended'; readonly target: Person; readonly reason: EndedListen['reason'] }
  | { readonly kind: 'failed'; readonly reason: ProblemAnswer['reason'] };

export interface State {
  /** `live`: what is shown is how it is now. Otherwise nothing of it is known. */
  readonly link: 'connecting' | 'live' | 'lost';
  readonly me: Me | undefined;
  readonly colleagues: readonly Colleague[];
  readonly hasMore: boolean;
  /** Those that the one signed in may know of. */
  readonly listens: readonly Listen[];
  readonly attempt: Attempt;
  readonly notice: Notice | undefined;
}

export const initialState: State = {
  link: 'connecting',
  me: undefined,
  colleagues: [],
  hasMore: false,
  listens: [],
  attempt: { kind: 'none' },
  notice: undefined,
};

/** Who listens to the one signed in (R6). */
export const listenersOfMe = ({ me, listens }: State): readonly Listen[] =>
  listens.filter(({ target }) => target.user === me?.user);

/** The listen of the one signed in, wherever they hear it. */
export const ownListen = ({ me, listens }: State): Listen | undefined =>
  listens.find(({ listener }) => listener.user === me?.user);
