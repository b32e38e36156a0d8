import { ApiError } from '../api/api-error.ts';
import { type Backoff, backoffDelay } from '../backoff-delay.ts';

/** An API server, or what stands before it, may ask for quiet, but not for so long that nobody hears of a change. */
const longestRetryAfterMs = 60_000;

/** How long to wait before the next attempt. Failures are forgotten only after a time of health, not by one good answer. */
export class RetryDelay {
  readonly #backoff: Backoff;
  readonly #healthyMs: number;
  readonly #random: () => number;
  #failures = 0;

  constructor(backoff: Backoff, healthyMs: number, random: () => number) {
    this.#backoff = backoff;
    this.#healthyMs = healthyMs;
    this.#random = random;
  }

  /** A watch that told something, and for how long it lived. */
  lived(ms: number): void {
    if (ms >= this.#healthyMs) this.#failures = 0;
  }

  /** After an end that was asked for: at once, unless such ends follow each other too fast. */
  afterEnd(livedMs: number): number {
    return livedMs >= this.#healthyMs ? 0 : this.#next();
  }

  afterFailure(error: unknown): number {
    const asked = error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
    // Spread as well: all who were refused are told the same time.
    const quiet = Math.min(asked, longestRetryAfterMs) * (1 + this.#random() / 10);
    return Math.max(this.#next(), quiet);
  }

  #next(): number {
    this.#failures++;
    return backoffDelay(this.#failures, this.#backoff, this.#random);
  }
}
