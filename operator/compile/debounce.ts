import type { Clock } from 'kube-runtime';

export interface DebounceTimes {
  /** A key is handed on once nothing was said of it for this long, ms. */
  readonly quietMs: number;
  /** … and at the latest this long after it was first named, ms. */
  readonly longestMs: number;
}

interface Waiting {
  readonly since: number;
  cancel: () => void;
}

/**
 * Gathers what comes in bursts (a `kubectl apply` of a folder, a re-list): a key named again and again is handed on once.
 * The first change of a calm time waits `quietMs`, an endless stream of changes is handed on every `longestMs`.
 */
export class Debounce<K> {
  readonly #times: DebounceTimes;
  readonly #clock: Clock;
  readonly #handOn: (key: K) => void;
  readonly #waiting = new Map<K, Waiting>();

  constructor(times: DebounceTimes, clock: Clock, handOn: (key: K) => void) {
    this.#times = times;
    this.#clock = clock;
    this.#handOn = handOn;
  }

  /** Keys not handed on yet. */
  get size(): number {
    return this.#waiting.size;
  }

  add(key: K): void {
    const now = this.#clock.now();
    const before = this.#waiting.get(key);
    before?.cancel();
    const since = before?.since ?? now;
    const wait = Math.min(this.#times.quietMs, since + this.#times.longestMs - now);
    const cancel = this.#clock.after(Math.max(0, wait), () => {
      this.#waiting.delete(key);
      this.#handOn(key);
    });
    this.#waiting.set(key, { since, cancel });
  }

  /** Forgets what waits. */
  stop(): void {
    for (const { cancel } of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
