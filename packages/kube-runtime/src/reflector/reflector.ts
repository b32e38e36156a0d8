import type { Selection } from '../api/kube-api.ts';
import { type KubeObject, keyOf } from '../api/kube-object.ts';
import type { WatchEvent } from '../api/watch-event.ts';
import { type Clock, systemClock } from '../clock.ts';
import { compareResourceVersions } from '../compare-resource-versions.ts';
import { pause } from '../pause.ts';
import { withoutManagedFields } from '../without-managed-fields.ts';
import { needsRelist } from './after-watch.ts';
import { listAll } from './list-all.ts';
import { MissCheck, MissedChanges, versionByKey } from './miss-check.ts';
import {
  defaultTimings,
  type ReflectorCounters,
  type ReflectorOptions,
  type ReflectorTimings,
} from './reflector-options.ts';
import { RetryDelay } from './retry-delay.ts';
import { watchOnce } from './watch-once.ts';

type Counters = { -readonly [K in keyof ReflectorCounters]: number };

/**
 * Keeps a store equal to what the API server holds: lists, then watches, and resumes where it was when a watch ends or breaks. What
 * was deleted while nobody watched is found by the next list. A lost connection takes nothing out of the store; how old its knowledge
 * is says `lastConfirmedAt`.
 */
export class Reflector<T extends KubeObject> {
  /** Resolves when the store holds the first list; rejects if stopped before. */
  readonly synced: Promise<void>;
  readonly #options: ReflectorOptions<T>;
  readonly #selection: Selection;
  readonly #timings: ReflectorTimings;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #delay: RetryDelay;
  readonly #stop = new AbortController();
  readonly #firstList = Promise.withResolvers<void>();
  readonly #counters: Counters = {
    lists: 0,
    watches: 0,
    events: 0,
    bookmarks: 0,
    failures: 0,
    relists: 0,
    checks: 0,
    misses: 0,
  };
  /** Up to here the store is told; undefined while it has to be listed. */
  #resourceVersion: string | undefined;
  #check: MissCheck<T> | undefined;
  #fruitless = 0;
  #hasSynced = false;
  #lastConfirmedAt: number | undefined;
  #running: Promise<unknown> | undefined;

  constructor(options: ReflectorOptions<T>) {
    const { namespace, labelSelector, fieldSelector, clock = systemClock, random = Math.random } = options;
    this.#options = options;
    this.#selection = { namespace, labelSelector, fieldSelector };
    this.#timings = { ...defaultTimings, ...options.timings };
    this.#clock = clock;
    this.#random = random;
    this.#delay = new RetryDelay(this.#timings.backoff, this.#timings.healthyMs, random);
    this.synced = this.#firstList.promise;
    this.synced.catch(() => {});
  }

  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  /**
   * When, by `clock`, the API server last vouched that the store is what it holds: a list was asked for, an event or a bookmark came.
   * Undefined before the first list.
   */
  get lastConfirmedAt(): number | undefined {
    return this.#lastConfirmedAt;
  }

  /** Up to here the store is told; undefined before the first list, and while all is listed anew. */
  get resourceVersion(): string | undefined {
    return this.#resourceVersion;
  }

  get counters(): ReflectorCounters {
    return { ...this.#counters };
  }

  start(): void {
    if (this.#running) throw new Error(`The reflector of ${this.#options.type.plural} was started before.`);
    this.#running = Promise.all([this.#listAndWatch(), this.#checkNowAndThen()]);
  }

  /** Resolves when no request is under way any more and the store will not change. */
  async stop(): Promise<void> {
    const reason = new Error(`The reflector of ${this.#options.type.plural} was stopped.`);
    this.#stop.abort(reason);
    this.#firstList.reject(reason);
    await this.#running;
  }

  async #listAndWatch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const from = this.#resourceVersion;
      const waitMs = from === undefined ? await this.#list() : await this.#watch(from);
      if (waitMs > 0) await pause(this.#clock, waitMs, signal);
    }
  }

  /** Returns how long to wait then, as the next one does. */
  async #list(): Promise<number> {
    const { api, type, store } = this.#options;
    const { signal } = this.#stop;
    const began = this.#clock.now();
    this.#counters.lists++;
    try {
      const { items, resourceVersion } = await listAll(api, type, this.#selection, this.#kept, signal);
      if (signal.aborted) return 0;
      this.#check = undefined;
      store.replaceAll(items);
      this.#resourceVersion = resourceVersion;
      this.#lastConfirmedAt = began;
      this.#hasSynced = true;
      this.#firstList.resolve();
      return 0;
    } catch (error) {
      return this.#failed('list', error);
    }
  }

  async #watch(resourceVersion: string): Promise<number> {
    const began = this.#clock.now();
    const { events, bookmarks } = this.#counters;
    const query = {
      ...this.#selection,
      resourceVersion,
      allowBookmarks: true,
      timeoutSeconds: this.#watchSeconds(),
    };
    const watched = { ...this.#options, clock: this.#clock, idleMs: this.#timings.idleMs };
    this.#counters.watches++;
    let error: unknown;
    let hasEnded = false;
    try {
      await watchOnce(watched, query, this.#stop.signal, (event) => this.#take(event));
      hasEnded = true;
    } catch (caught) {
      error = caught;
    }
    const livedMs = this.#clock.now() - began;
    const hasTold = this.#counters.events > events || this.#counters.bookmarks > bookmarks;
    this.#fruitless = hasTold ? 0 : this.#fruitless + 1;
    if (hasTold) this.#delay.lived(livedMs);
    if (needsRelist(error, this.#fruitless) && !this.#stop.signal.aborted) {
      this.#resourceVersion = undefined;
      this.#fruitless = 0;
      this.#counters.relists++;
    }
    return hasEnded ? this.#delay.afterEnd(livedMs) : this.#failed('watch', error);
  }

  #take(event: WatchEvent<T>): void {
    const { store } = this.#options;
    const resourceVersion =
      event.type === 'BOOKMARK' ? event.resourceVersion : event.object.metadata.resourceVersion;
    this.#refusePast(resourceVersion);
    if (event.type === 'BOOKMARK') this.#counters.bookmarks++;
    else {
      const key = keyOf(event.object.metadata);
      this.#counters.events++;
      this.#check?.told(key);
      if (event.type === 'DELETED') store.delete(key);
      else store.set(this.#kept(event.object));
    }
    this.#resourceVersion = resourceVersion;
    this.#lastConfirmedAt = this.#clock.now();
    this.#compare(resourceVersion);
  }

  /** An etcd restored from a backup counts from an earlier number on: what it tells does not follow on what we know. */
  #refusePast(resourceVersion: string): void {
    const known = this.#resourceVersion;
    if (known !== undefined && (compareResourceVersions(resourceVersion, known) ?? 0) < 0)
      throw new Error(
        `The watch of ${this.#options.type.plural} went back from resourceVersion ${known} to ${resourceVersion}. All are listed anew.`,
      );
  }

  #compare(resourceVersion: string): void {
    const missed = this.#check?.missed(resourceVersion, this.#options.store);
    if (!missed) return;
    this.#check = undefined;
    this.#counters.checks++;
    this.#counters.misses += missed.length;
    if (missed.length > 0) throw new MissedChanges(this.#options.type.plural, missed);
  }

  async #checkNowAndThen(): Promise<void> {
    const { api, type, onProblem } = this.#options;
    const { signal } = this.#stop;
    for (;;) {
      const waitMs = this.#spread(this.#timings.checkMs);
      await pause(this.#clock, waitMs, signal);
      if (signal.aborted) return;
      if (this.#resourceVersion === undefined) continue;
      const check = new MissCheck<T>();
      this.#check = check;
      try {
        check.listed(await listAll(api, type, this.#selection, versionByKey, signal));
      } catch (error) {
        if (this.#check === check) this.#check = undefined;
        if (!signal.aborted) onProblem?.({ during: 'check', error, retryInMs: this.#timings.checkMs });
      }
    }
  }

  readonly #kept = (object: T): T => {
    const lean = withoutManagedFields(object);
    return this.#options.transform?.(lean) ?? lean;
  };

  #failed(during: 'list' | 'watch', error: unknown): number {
    if (this.#stop.signal.aborted) return 0;
    const retryInMs = this.#delay.afterFailure(error);
    this.#counters.failures++;
    this.#options.onProblem?.({ during, error, retryInMs });
    return retryInMs;
  }

  #watchSeconds(): number {
    return Math.ceil(this.#spread(this.#timings.watchMs) / 1000);
  }

  #spread(ms: number): number {
    return ms * (0.8 + this.#random() * 0.4);
  }
}
