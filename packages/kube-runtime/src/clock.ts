/** Time as a parameter, so that tests need not wait. */
export interface Clock {
  /** ms since some fixed moment; never goes back, whatever is done to the wall clock. */
  readonly now: () => number;
  /** Calls back once, `ms` from now; what it returns takes that back. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
