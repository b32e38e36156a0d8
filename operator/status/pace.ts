import { type Clock, pause } from 'kube-runtime';

/** Lets at most `perSecond` pass, evenly; whoever waits is let go when `signal` aborts. */
export const createPace = (perSecond: number, clock: Clock): ((signal: AbortSignal) => Promise<void>) => {
  let next = 0;
  return async (signal) => {
    const now = clock.now();
    const at = Math.max(now, next);
    next = at + 1000 / perSecond;
    if (at > now) await pause(clock, at - now, signal);
  };
};
