import type { ShowEvent, Untimed } from './show-event.ts';

/** Keeps the events of a show in order of time and tells each as it happens. */
export class ShowClock {
  readonly startedAt: number;
  readonly #events: ShowEvent[] = [];
  readonly #tell: (event: ShowEvent) => void;

  /** `startedAt`: time zero, on the clock of `performance.now()`. */
  constructor(startedAt: number, tell: (event: ShowEvent) => void) {
    this.startedAt = startedAt;
    this.#tell = tell;
  }

  get events(): readonly ShowEvent[] {
    return this.#events.toSorted((a, b) => a.atMs - b.atMs);
  }

  /** `at`: when it happened, on the clock of `performance.now()`; default: now. */
  happened(event: Untimed, at: number = performance.now()): void {
    const timed: ShowEvent = { ...event, atMs: Math.round(at - this.startedAt) };
    this.#events.push(timed);
    this.#tell(timed);
  }
}
