import type { Clock } from '../clock.ts';

/** Keys whose time has not come; of several times of one key the earliest counts. */
export class DelayedKeys<K> {
  readonly #clock: Clock;
  readonly #onDue: (key: K) => void;
  readonly #timers = new Map<K, { readonly at: number; readonly cancel: () => void }>();

  constructor(clock: Clock, onDue: (key: K) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  get size(): number {
    return this.#timers.size;
  }

  add(key: K, delayMs: number): void {
    const at = this.#clock.now() + delayMs;
    const set = this.#timers.get(key);
    if (set && set.at <= at) return;
    set?.cancel();
    const due = () => {
      this.#timers.delete(key);
      this.#onDue(key);
    };
    this.#timers.set(key, { at, cancel: this.#clock.after(delayMs, due) });
  }

  /** Takes all back and returns them. */
  clear(): readonly K[] {
    const keys = [...this.#timers.keys()];
    for (const { cancel } of this.#timers.values()) cancel();
    this.#timers.clear();
    return keys;
  }
}
