/** What the observer did, ever increasing. */
export interface ObserverCounters {
  relists: number;
  relistsFailed: number;
  /** Calls that only a re-list found, once the mirror had been up: it should have shown them. */
  foundByRelist: number;
  /** Calls that only a re-list found to be over (rtpengine ends calls by itself without a message). */
  endedByRelist: number;
  /** Calls whose parties only a re-list put right. */
  correctedByRelist: number;
  /** Mirrored events from before the last re-list, dropped. */
  stale: number;
  /** Looks at single calls, where an event did not tell enough. */
  confirmations: number;
  /** Commands of our own that a connected mirror did not show: it is dead, far behind, or not the call engine's. */
  barriersMissed: number;
}

export const newObserverCounters = (): ObserverCounters => ({
  relists: 0,
  relistsFailed: 0,
  foundByRelist: 0,
  endedByRelist: 0,
  correctedByRelist: 0,
  stale: 0,
  confirmations: 0,
  barriersMissed: 0,
});
