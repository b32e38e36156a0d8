interface Allowance {
  readonly left: number;
  readonly at: number;
}

export interface AllowanceRate {
  /** How many at once. */
  readonly burst: number;
  /** How long until there is one more, ms. */
  readonly refillMs: number;
}

/** A token bucket per key. Of more keys than `maxKeys` those used least recently are forgotten, and begin anew with a full bucket. */
export class Allowances {
  readonly #rate: AllowanceRate;
  readonly #maxKeys: number;
  readonly #allowances = new Map<string, Allowance>();

  constructor(rate: AllowanceRate, maxKeys: number) {
    this.#rate = rate;
    this.#maxKeys = maxKeys;
  }

  /** Whether one more is allowed now; if so it is used up. */
  take(key: string, now: number): boolean {
    const { burst, refillMs } = this.#rate;
    const before = this.#allowances.get(key) ?? { left: burst, at: now };
    const left = Math.min(burst, before.left + (now - before.at) / refillMs);
    const allowed = left >= 1;
    this.#allowances.delete(key);
    this.#allowances.set(key, { left: allowed ? left - 1 : left, at: now });
    if (this.#allowances.size > this.#maxKeys)
      for (const oldest of this.#allowances.keys()) {
        this.#allowances.delete(oldest);
        break;
      }
    return allowed;
  }
}
