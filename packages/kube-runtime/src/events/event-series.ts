import { Allowances } from './allowances.ts';
import type { Occurrence } from './event.ts';
import { eventRef, type Repetition } from './make-event.ts';

/** One kind of occurrence of one object, and how much of it has been told. */
export interface Series {
  readonly occurrence: Occurrence;
  /** Where its event is or will be. */
  ref: ReturnType<typeof eventRef>;
  repetition: Repetition;
  /** The count that the API server knows; 0 before the event was created. */
  told: number;
}

/** The same again within this time is the same series. Kubernetes forgets events after an hour. */
const seriesMs = 10 * 60_000;
const maxSeries = 4096;
/** As client-go's: 25 kinds of events of one object at once, then one in five minutes. */
const perObject = { burst: 25, refillMs: 300_000 };

/** The occurrences of late, by what happened to which object; bounded. */
export class EventSeries {
  /** Those that happened last come last. */
  readonly #series = new Map<string, Series>();
  readonly #allowances = new Allowances(perObject, maxSeries);
  readonly #randomPart: () => string;

  constructor(randomPart: () => string) {
    this.#randomPart = randomPart;
  }

  get(key: string): Series | undefined {
    return this.#series.get(key);
  }

  /** Keys of the series that have not been told of in full. */
  untold(): readonly string[] {
    return [...this.#series]
      .filter(([, { told, repetition }]) => told < repetition.count)
      .map(([key]) => key);
  }

  /** Counts the occurrence. Returns the key of its series, and whether it is a new one; `undefined` when there is no room for it. */
  add(occurrence: Occurrence, at: Date): { readonly key: string; readonly isNew: boolean } | undefined {
    this.#forgetBefore(at.getTime() - seriesMs);
    const { regarding, type, reason, action, note } = occurrence;
    const key = JSON.stringify([regarding.uid, type, reason, action, note]);
    const series = this.#series.get(key);
    if (series) {
      const { count, firstAt } = series.repetition;
      series.repetition = { count: count + 1, firstAt, lastAt: at };
      this.#series.delete(key);
      this.#series.set(key, series);
      return { key, isNew: false };
    }
    if (this.#series.size >= maxSeries || !this.#allowances.take(regarding.uid, at.getTime()))
      return undefined;
    const ref = eventRef(occurrence, this.#randomPart());
    this.#series.set(key, {
      occurrence,
      ref,
      repetition: { count: 1, firstAt: at, lastAt: at },
      told: 0,
    });
    return { key, isNew: true };
  }

  /** Its event has vanished: the next telling is by another one. */
  renew(series: Series): void {
    series.ref = eventRef(series.occurrence, this.#randomPart());
    series.told = 0;
  }

  forget(key: string): void {
    this.#series.delete(key);
  }

  #forgetBefore(time: number): void {
    for (const [key, { repetition }] of this.#series) {
      if (repetition.lastAt.getTime() > time) return;
      this.#series.delete(key);
    }
  }
}
