const smallest = 4;
const nothing: readonly number[] = [];

/** Words of an entry: the hash, the upper part of its reference + 1 (0: an empty place), the lower 32 bits of it. */
const words = 3;
const lowerRange = 2 ** 32;

/** The low 24 bits of a hash, since the top ones chose the segment and are all alike here. */
const homeRange = 2 ** 24;

/**
 * One part of a `KeyTable`: linear probing over entries in one typed array, in the order of their hashes. A look-up
 * ends at the first larger hash, so it reads few places even where a run is long; every look-up reads to an end, since
 * all references of a hash are wanted.
 */
export class TableSegment {
  /** Homes, and behind them the places that the last run takes up beyond them: runs do not wrap. */
  #words = new Uint32Array(0);
  #homes = 0;
  #used = 0;

  add(hash: number, reference: number): void {
    if (4 * (this.#used + 1) > 3 * this.#homes)
      this.#resize(Math.max(smallest, Math.ceil(this.#homes * 1.4)));
    this.#put(hash, Math.floor(reference / lowerRange) + 1, reference % lowerRange);
    this.#used++;
  }

  find(hash: number): readonly number[] {
    if (this.#used === 0) return nothing;
    const found: number[] = [];
    for (let place = this.#first(hash); this.#isTaken(place) && this.#hash(place) === hash; place++) {
      found.push(this.#reference(place));
    }
    return found;
  }

  remove(hash: number, reference: number): void {
    if (this.#used === 0) return;
    let place = this.#first(hash);
    while (this.#isTaken(place) && this.#hash(place) === hash && this.#reference(place) !== reference)
      place++;
    if (!this.#isTaken(place) || this.#hash(place) !== hash) return;
    this.#close(place);
    this.#used--;
    if (this.#homes > smallest && 4 * this.#used < this.#homes) {
      this.#resize(Math.max(smallest, 2 * this.#used));
    }
  }

  /** Where the entries of a hash begin, or would: behind all smaller ones of the run that its home lies in. */
  #first(hash: number): number {
    let place = this.#home(hash);
    while (this.#isTaken(place) && this.#hash(place) < hash) place++;
    return place;
  }

  /** Empties a place and moves up what is not at home behind it (no tombstones to sweep later). */
  #close(emptied: number): void {
    let end = emptied + 1;
    while (this.#isTaken(end) && this.#home(this.#hash(end)) < end) end++;
    this.#words.copyWithin(words * emptied, words * (emptied + 1), words * end);
    this.#words.fill(0, words * (end - 1), words * end);
  }

  #resize(homes: number): void {
    const before = this.#words;
    this.#homes = homes;
    this.#words = new Uint32Array(words * (homes + smallest));
    for (let at = 0; at < before.length; at += words) {
      const upper = before[at + 1] ?? 0;
      if (upper !== 0) this.#put(before[at] ?? 0, upper, before[at + 2] ?? 0);
    }
  }

  #put(hash: number, upper: number, lower: number): void {
    const place = this.#first(hash);
    let end = place;
    while (this.#isTaken(end)) end++;
    if (words * end === this.#words.length) this.#lengthen();
    this.#words.copyWithin(words * (place + 1), words * place, words * end);
    this.#words[words * place] = hash;
    this.#words[words * place + 1] = upper;
    this.#words[words * place + 2] = lower;
  }

  /** Room for a last run that is longer than what lies behind the homes. */
  #lengthen(): void {
    const longer = new Uint32Array(
      this.#words.length + words * Math.max(smallest, Math.ceil(this.#homes / 8)),
    );
    longer.set(this.#words);
    this.#words = longer;
  }

  /** Grows with the hash, so that a run, in the order of homes, is in the order of hashes too. */
  #home(hash: number): number {
    return Math.floor(((hash & (homeRange - 1)) * this.#homes) / homeRange);
  }

  #isTaken(place: number): boolean {
    return (this.#words[words * place + 1] ?? 0) !== 0;
  }

  #hash(place: number): number {
    return this.#words[words * place] ?? 0;
  }

  #reference(place: number): number {
    const upper = this.#words[words * place + 1] ?? 0;
    return (upper - 1) * lowerRange + (this.#words[words * place + 2] ?? 0);
  }
}
