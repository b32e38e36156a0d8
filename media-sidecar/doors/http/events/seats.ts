/** So many streams at once, and so many of them for one login. */
export class Seats {
  readonly #most: number;
  readonly #mostOfOne: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(most: number, mostOfOne: number) {
    this.#most = most;
    this.#mostOfOne = mostOfOne;
  }

  /** Takes a seat; false where there is none. */
  enter(subject: string): boolean {
    const own = this.#taken.get(subject) ?? 0;
    if (this.#all >= this.#most || own >= this.#mostOfOne) return false;
    this.#all += 1;
    this.#taken.set(subject, own + 1);
    return true;
  }

  leave(subject: string): void {
    const own = this.#taken.get(subject) ?? 0;
    this.#all -= 1;
    if (own <= 1) this.#taken.delete(subject);
    else this.#taken.set(subject, own - 1);
  }
}
