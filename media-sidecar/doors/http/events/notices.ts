import type { Happening, Notice } from './notice.ts';

/** Told what happened since they were told last, in order. */
export type Follower = (notices: readonly Notice[]) => void;

const keptNotices = 20_000;
/** Many changes in a short time are told together: nobody who reads sees the difference. */
const restMs = 10;

/** The latest of what happened, for followers and for those who come back. A follower that throws is reported and never stops the others. */
export class Notices {
  readonly #kept: Notice[] = [];
  readonly #followers = new Set<Follower>();
  readonly #onError: (error: unknown) => void;
  #sequence = 0;
  #untold: Notice[] = [];
  /** From when on the next may be told, by `performance.now()`. */
  #nextAt = Number.NEGATIVE_INFINITY;
  #state: 'still' | 'waiting' | 'telling' = 'still';

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  /** The last that happened. */
  get sequence(): number {
    return this.#sequence;
  }

  add(happening: Happening): void {
    // nobody hears a policy change twice in one breath
    if (happening.kind === 'policy' && this.#untold.some(({ kind }) => kind === 'policy')) return;
    this.#sequence += 1;
    const notice = { ...happening, sequence: this.#sequence };
    this.#kept.push(notice);
    if (this.#kept.length > 2 * keptNotices) this.#kept.splice(0, keptNotices);
    this.#untold.push(notice);
    if (this.#state === 'still') this.#wait();
  }

  /** What happened after this one; `undefined` where not all of it is kept. */
  since(sequence: number): readonly Notice[] | undefined {
    if (sequence > this.#sequence) return undefined;
    const first = this.#kept[0]?.sequence ?? this.#sequence + 1;
    return sequence + 1 < first ? undefined : this.#kept.slice(sequence + 1 - first);
  }

  /** Returns what ends it. What is untold yet is told to a new follower too, so nothing is lost between `since` and this. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  #wait(): void {
    this.#state = 'waiting';
    setTimeout(() => this.#tell(), Math.max(0, this.#nextAt - performance.now())).unref();
  }

  #tell(): void {
    const told = this.#untold;
    this.#untold = [];
    this.#state = 'telling';
    const began = performance.now();
    for (const follower of this.#followers) {
      try {
        follower(told);
      } catch (error) {
        this.#onError(error);
      }
    }
    // the sockets are written to when this turn is over: only then is it known how long all of it took
    setImmediate(() => this.#rest(began)).unref();
  }

  /** Half of the time at most goes into telling, however many there are to tell. */
  #rest(began: number): void {
    const now = performance.now();
    this.#nextAt = now + Math.max(restMs, now - began);
    this.#state = 'still';
    if (this.#untold.length > 0) this.#wait();
  }
}
