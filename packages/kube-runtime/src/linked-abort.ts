/** Aborts with `outer`, and on its own. `release` lets go of `outer`, which may live for long. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  release(): void;
}

/** Throws the reason of `outer` when that has aborted. */
export const linkedAbort = (outer: AbortSignal | undefined): LinkedAbort => {
  outer?.throwIfAborted();
  const own = new AbortController();
  const follow = () => own.abort(outer?.reason);
  outer?.addEventListener('abort', follow);
  return {
    signal: own.signal,
    abort: (reason) => own.abort(reason),
    release: () => outer?.removeEventListener('abort', follow),
  };
};
