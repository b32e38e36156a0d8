import { type Backoff, backoffDelay } from '../backoff-delay.ts';
import { type Clock, systemClock } from '../clock.ts';
import { DelayedKeys } from './delayed-keys.ts';
import { Fifo } from './fifo.ts';

/** Told what the queue does, for metrics and logs; must not throw. */
export interface WorkQueueHooks<K> {
  /** A worker took the key, which had been ready for `waitedMs`. */
  readonly onTaken?: (key: K, waitedMs: number) => void;
  /** The handler ended after `tookMs`. */
  readonly onDone?: (key: K, tookMs: number) => void;
  /** The handler rejected, for the `failures`-th time in a row; it is called again after `delayMs`. */
  readonly onRetry?: (key: K, error: unknown, failures: number, delayMs: number) => void;
}

export interface WorkQueueOptions<K> {
  /** Between attempts at one key; default 5 ms doubling to 60 s. */
  readonly backoff?: Backoff;
  readonly hooks?: WorkQueueHooks<K>;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Brings one object to what it should be, reading its state when called. Rejects to be called again, with backoff. */
export type WorkHandler<K> = (key: K, signal: AbortSignal) => Promise<void>;

/** Later than this Node's timers fire at once. A key that comes early is looked at early, which does no harm. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * A queue of keys, not of events: level-triggered. However often a key is added before a worker takes it, it is handled once;
 * added while it is being handled, it is handled once more afterwards, never twice at once. Keys are equal as in a `Map`.
 */
export class WorkQueue<K> {
  readonly #backoff: Backoff;
  readonly #hooks: WorkQueueHooks<K>;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #ready = new Fifo<K>();
  /** Being handled; the value is since when the key is to be handled again. */
  readonly #processing = new Map<K, number | undefined>();
  readonly #delayed: DelayedKeys<K>;
  readonly #failures = new Map<K, number>();
  #idleWorkers: (() => void)[] = [];
  #running = false;
  #draining = false;

  constructor({ backoff, hooks, clock, random }: WorkQueueOptions<K> = {}) {
    this.#backoff = backoff ?? { firstMs: 5, maxMs: 60_000 };
    this.#hooks = hooks ?? {};
    this.#clock = clock ?? systemClock;
    this.#random = random ?? Math.random;
    this.#delayed = new DelayedKeys(this.#clock, (key) => this.add(key));
  }

  /** Keys that wait for a worker, without those whose time has not come. */
  get depth(): number {
    return this.#ready.size;
  }

  /** Keys in the hands of workers. */
  get processing(): number {
    return this.#processing.size;
  }

  /** Keys whose time has not come: delayed, or to be tried again. */
  get delayed(): number {
    return this.#delayed.size;
  }

  /** How long the key that is next has been waiting, ms; 0 when none waits. */
  get oldestAgeMs(): number {
    const since = this.#ready.oldestSince;
    return since === undefined ? 0 : this.#clock.now() - since;
  }

  /** How often in a row the handler has rejected this key. */
  failuresOf(key: K): number {
    return this.#failures.get(key) ?? 0;
  }

  /** To be handled as soon as a worker is free. Ignored once `drain` was called. */
  add(key: K): void {
    if (this.#draining) return;
    if (this.#processing.has(key)) {
      this.#processing.set(key, this.#processing.get(key) ?? this.#clock.now());
      return;
    }
    this.#ready.push(key, this.#clock.now());
    this.#idleWorkers.pop()?.();
  }

  /** To be handled after `delayMs`. Of several delays of one key the earliest counts. */
  addAfter(key: K, delayMs: number): void {
    if (this.#draining) return;
    if (delayMs <= 0) this.add(key);
    else this.#delayed.add(key, Math.min(delayMs, longestTimerMs));
  }

  /** To be handled again after the key's backoff, which grows with each call until `forget`. Returns the delay, ms. */
  addRateLimited(key: K): number {
    const failures = this.failuresOf(key) + 1;
    this.#failures.set(key, failures);
    const delayMs = backoffDelay(failures, this.#backoff, this.#random);
    this.addAfter(key, delayMs);
    return delayMs;
  }

  /** Begins the key's backoff anew. */
  forget(key: K): void {
    this.#failures.delete(key);
  }

  /**
   * Handles keys, `workers` at a time, until `signal` aborts or the queue was drained; resolves when the last handler has ended.
   * A key whose handler resolves is forgotten, one whose handler rejects is added rate limited. After an abort the keys not yet
   * handled, also the delayed ones, wait for the next run. Throws a RangeError without workers and an Error while it runs already.
   */
  async run(workers: number, handler: WorkHandler<K>, signal: AbortSignal): Promise<void> {
    if (!(workers >= 1)) throw new RangeError(`A work queue needs at least one worker, not ${workers}.`);
    if (this.#running) throw new Error('This work queue runs already; stop it before running it again.');
    this.#running = true;
    const wake = () => this.#wakeAll();
    signal.addEventListener('abort', wake, { once: true });
    try {
      await Promise.all(Array.from({ length: workers }, () => this.#work(handler, signal)));
    } finally {
      signal.removeEventListener('abort', wake);
      this.#running = false;
      for (const key of this.#delayed.clear()) this.add(key);
    }
  }

  /** Takes no more keys and forgets those delayed; what is ready is still handled, then `run` resolves. */
  drain(): void {
    this.#draining = true;
    this.#delayed.clear();
    this.#wakeAll();
  }

  async #work(handler: WorkHandler<K>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const next = this.#ready.shift();
      if (next) await this.#handle(next.key, next.since, handler, signal);
      else if (this.#draining) return;
      else await new Promise<void>((wake) => this.#idleWorkers.push(wake));
    }
  }

  async #handle(key: K, since: number, handler: WorkHandler<K>, signal: AbortSignal): Promise<void> {
    const begun = this.#clock.now();
    this.#processing.set(key, undefined);
    this.#hooks.onTaken?.(key, begun - since);
    try {
      await handler(key, signal);
      this.forget(key);
    } catch (error) {
      const delayMs = this.addRateLimited(key);
      this.#hooks.onRetry?.(key, error, this.failuresOf(key), delayMs);
    }
    this.#hooks.onDone?.(key, this.#clock.now() - begun);
    const again = this.#processing.get(key);
    this.#processing.delete(key);
    if (again === undefined) return;
    this.#ready.push(key, again);
    this.#idleWorkers.pop()?.();
  }

  #wakeAll(): void {
    const idle = this.#idleWorkers;
    this.#idleWorkers = [];
    for (const wake of idle) wake();
  }
}
