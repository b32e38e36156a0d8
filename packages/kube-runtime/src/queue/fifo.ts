interface Waiting<K> {
  readonly key: K;
  readonly since: number;
}

/** Keys in the order they came, each at most once, with the time since which it waits. All operations are O(1) amortised. */
export class Fifo<K> {
  readonly #keys = new Set<K>();
  #waiting: Waiting<K>[] = [];
  #head = 0;

  get size(): number {
    return this.#keys.size;
  }

  get oldestSince(): number | undefined {
    return this.#waiting[this.#head]?.since;
  }

  /** Does nothing when the key waits already. */
  push(key: K, since: number): void {
    if (this.#keys.has(key)) return;
    this.#keys.add(key);
    this.#waiting.push({ key, since });
  }

  shift(): Waiting<K> | undefined {
    const first = this.#waiting[this.#head];
    if (!first) return undefined;
    this.#head += 1;
    this.#keys.delete(first.key);
    if (this.#head * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#head);
      this.#head = 0;
    }
    return first;
  }
}
