import { setTimeout as delay } from 'node:timers/promises';

/** Runs `round` again and again, `pauseMs` after the last one was done, until stopped. */
export const every = (pauseMs: number, round: () => Promise<void>): { stop(): void } => {
  const stopped = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await round();
      await delay(pauseMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
  };
  void loop();
  return { stop: () => stopped.abort() };
};
