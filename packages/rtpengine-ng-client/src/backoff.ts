/** Delays between attempts to connect: doubling from `firstMs` to `maxMs`, each spread over half to all of itself. */
export class Backoff {
  readonly #firstMs: number;
  readonly #maxMs: number;
  readonly #random: () => number;
  #failures = 0;

  constructor(firstMs: number, maxMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#maxMs = maxMs;
    this.#random = random;
  }

  /** The delay after one more failure, ms. */
  next(): number {
    const full = Math.min(this.#maxMs, this.#firstMs * 2 ** this.#failures);
    this.#failures++;
    return full * (0.5 + this.#random() / 2);
  }

  /** An attempt succeeded: begin anew. */
  reset(): void {
    this.#failures = 0;
  }
}
