import { type Clock, type KubeObject, pause, type Store } from 'kube-runtime';

/** The state of a key before it was written: its resourceVersion, or `undefined` where there was nothing. */
export type Before = ReadonlyMap<string, string | undefined>;

/**
 * Resolves when the store shows each key in another state than before it was written, so that whoever looks next does
 * not write the same again. After `timeoutMs` it resolves all the same: a watch that lags delays, it does not block.
 */
export const caughtUp = async <T extends KubeObject>(
  store: Store<T>,
  before: Before,
  {
    timeoutMs,
    clock,
    signal,
  }: { readonly timeoutMs: number; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> => {
  const isBehind = (key: string) => store.get(key)?.metadata.resourceVersion === before.get(key);
  const behind = new Set([...before.keys()].filter(isBehind));
  if (behind.size === 0) return;
  const done = new AbortController();
  const end = store.subscribe(({ key }) => {
    if (behind.has(key) && !isBehind(key)) behind.delete(key);
    if (behind.size === 0) done.abort();
  });
  await pause(clock, timeoutMs, AbortSignal.any([done.signal, signal]));
  end();
};
