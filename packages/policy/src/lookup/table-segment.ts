const smallest = 4;
const nothing: readonly number[] = [];

/** Words of an entry: the hash, the upper part of its reference + 1 (0: an empty place), the lower 32 bits of it. */
const words = 3;
const lowerRange = 2 ** 32;

/** One part of a `KeyTable`: linear probing over entries in one typed array. */
export class TableSegment {
  #words = new Uint32Array(0);
  #used = 0;

  get #capacity(): number {
    return this.#words.length / words;
  }

  add(hash: number, reference: number): void {
    if (4 * (this.#used + 1) > 3 * this.#capacity) {
      this.#resize(Math.max(smallest, Math.ceil(this.#capacity * 1.4)));
    }
    this.#put(hash, Math.floor(reference / lowerRange) + 1, reference % lowerRange);
    this.#used++;
  }

  find(hash: number): readonly number[] {
    if (this.#used === 0) return nothing;
    const found: number[] = [];
    for (let place = this.#home(hash); this.#isTaken(place); place = this.#next(place)) {
      if (this.#words[words * place] === hash) found.push(this.#reference(place));
    }
    return found;
  }

  remove(hash: number, reference: number): void {
    if (this.#used === 0) return;
    let place = this.#home(hash);
    while (this.#words[words * place] !== hash || this.#reference(place) !== reference) {
      if (!this.#isTaken(place)) return;
      place = this.#next(place);
    }
    this.#close(place);
    this.#used--;
    if (this.#capacity > smallest && 4 * this.#used < this.#capacity) {
      this.#resize(Math.max(smallest, 2 * this.#used));
    }
  }

  /** Empties a place and moves up what would not be found across the hole (no tombstones to sweep later). */
  #close(emptied: number): void {
    let hole = emptied;
    for (let place = this.#next(hole); this.#isTaken(place); place = this.#next(place)) {
      const home = this.#home(this.#words[words * place] ?? 0);
      const mayMove = hole < place ? home <= hole || home > place : home <= hole && home > place;
      if (!mayMove) continue;
      this.#words.copyWithin(words * hole, words * place, words * (place + 1));
      hole = place;
    }
    this.#words.fill(0, words * hole, words * (hole + 1));
  }

  #resize(capacity: number): void {
    const before = this.#words;
    this.#words = new Uint32Array(words * capacity);
    for (let at = 0; at < before.length; at += words) {
      const upper = before[at + 1] ?? 0;
      if (upper !== 0) this.#put(before[at] ?? 0, upper, before[at + 2] ?? 0);
    }
  }

  #put(hash: number, upper: number, lower: number): void {
    let place = this.#home(hash);
    while (this.#isTaken(place)) place = this.#next(place);
    this.#words[words * place] = hash;
    this.#words[words * place + 1] = upper;
    this.#words[words * place + 2] = lower;
  }

  /** The low 24 bits, since the top ones chose the segment and are all alike here. */
  #home(hash: number): number {
    return (hash & 0xffffff) % this.#capacity;
  }

  #isTaken(place: number): boolean {
    return (this.#words[words * place + 1] ?? 0) !== 0;
  }

  #reference(place: number): number {
    const upper = this.#words[words * place + 1] ?? 0;
    return (upper - 1) * lowerRange + (this.#words[words * place + 2] ?? 0);
  }

  #next(place: number): number {
    return place + 1 === this.#capacity ? 0 : place + 1;
  }
}
