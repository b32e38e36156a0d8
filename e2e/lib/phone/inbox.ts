/** Things that arrive: each is kept, and each can be awaited once, in order. */
export class Inbox<T> {
  readonly #what: string;
  readonly #all: T[] = [];
  readonly #unread: T[] = [];
  readonly #waiting: ((item: T) => void)[] = [];

  /** `what`: the name of one thing, for the error of a wait in vain. */
  constructor(what: string) {
    this.#what = what;
  }

  /** All that ever arrived. */
  get all(): readonly T[] {
    return this.#all;
  }

  add(item: T): void {
    this.#all.push(item);
    const waiter = this.#waiting.shift();
    if (waiter === undefined) this.#unread.push(item);
    else waiter(item);
  }

  /** The next not yet taken, at once or when it arrives. Rejects when none has come within `withinMs`. */
  next(withinMs = 5_000): Promise<T> {
    const unread = this.#unread.shift();
    if (unread !== undefined) return Promise.resolve(unread);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(settle), 1);
        reject(new Error(`No ${this.#what} came within ${withinMs} ms.`));
      }, withinMs);
      const settle = (item: T) => {
        clearTimeout(timer);
        resolve(item);
      };
      this.#waiting.push(settle);
    });
  }
}
