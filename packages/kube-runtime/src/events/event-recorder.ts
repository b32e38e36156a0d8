import { randomBytes } from 'node:crypto';
import { ApiError } from '../api/api-error.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { type Clock, systemClock } from '../clock.ts';
import { WorkQueue } from '../queue/work-queue.ts';
import { events, type Occurrence } from './event.ts';
import { EventSeries, type Series } from './event-series.ts';
import { makeEvent, seriesOf } from './make-event.ts';

export interface EventRecorderOptions {
  readonly api: KubeApi;
  /** Qualified name of the controller: `example.com/operator`. */
  readonly reportingController: string;
  /** Which of its processes, for example the pod's name. */
  readonly reportingInstance: string;
  /** An event could not be written, and is not tried again. */
  readonly onProblem?: (error: unknown) => void;
  readonly clock?: Clock;
  readonly now?: () => Date;
}

/** Ever increasing. */
export interface EventCounters {
  /** Calls of `record`. */
  recorded: number;
  /** Events created. */
  created: number;
  /** Times that an event was told to have happened again. */
  repeated: number;
  /** Occurrences not told of, for limits or faults. */
  dropped: number;
}

/** An event that happens again and again is written this often at most. */
const repeatEveryMs = 10_000;
const maxAttempts = 5;
const workers = 2;

/**
 * Tells people what happened to objects, by events beside them. May be called from anywhere: it never throws, never waits, and keeps a
 * bounded number. What happens again is counted in the event that is there.
 */
export class EventRecorder {
  readonly counters: EventCounters = { recorded: 0, created: 0, repeated: 0, dropped: 0 };
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #series = new EventSeries(() => randomBytes(8).toString('hex'));
  readonly #queue: WorkQueue<string>;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #stopped = false;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#queue = new WorkQueue({ clock: this.#clock, backoff: { firstMs: 500, maxMs: 30_000 } });
    this.#running = this.#queue.run(workers, (key, signal) => this.#tell(key, signal), this.#stop.signal);
  }

  record(occurrence: Occurrence): void {
    this.counters.recorded++;
    const added = this.#stopped
      ? undefined
      : this.#series.add(occurrence, this.#options.now?.() ?? new Date());
    if (!added) this.counters.dropped++;
    else if (added.isNew) this.#queue.add(added.key);
    else this.#queue.addAfter(added.key, repeatEveryMs);
  }

  /** Tells what has not been told yet, for at most `withinMs`, and takes no more. */
  async stop(withinMs = 2000): Promise<void> {
    this.#stopped = true;
    for (const key of this.#series.untold()) this.#queue.add(key);
    this.#queue.drain();
    const cancel = this.#clock.after(withinMs, () => this.#stop.abort());
    await this.#running;
    cancel();
  }

  async #tell(key: string, signal: AbortSignal): Promise<void> {
    const series = this.#series.get(key);
    if (!series || series.told === series.repetition.count) return;
    try {
      if (series.told === 0 || !(await this.#repeat(series, signal))) await this.#create(series, signal);
    } catch (error) {
      if (!this.#stopped && mayPass(error) && this.#queue.failuresOf(key) + 1 < maxAttempts) throw error;
      this.counters.dropped += series.repetition.count - series.told;
      this.#series.forget(key);
      this.#options.onProblem?.(error);
    }
  }

  async #create(series: Series, signal: AbortSignal): Promise<void> {
    const { occurrence, ref, repetition } = series;
    try {
      await this.#options.api.create(
        events,
        makeEvent(occurrence, ref, this.#options, repetition),
        {},
        { signal },
      );
    } catch (error) {
      // Its name is random: it was created before, and the answer was lost.
      if (!(error instanceof ApiError && error.reason === 'AlreadyExists')) throw error;
    }
    series.told = repetition.count;
    this.counters.created++;
  }

  /** Resolves with false when there is no event to count in any more. */
  async #repeat(series: Series, signal: AbortSignal): Promise<boolean> {
    const { ref, repetition } = series;
    const body = { series: seriesOf(repetition) };
    try {
      await this.#options.api.patch(
        events,
        ref,
        { contentType: 'application/merge-patch+json', body },
        {},
        { signal },
      );
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
      this.#series.renew(series);
      return false;
    }
    series.told = repetition.count;
    this.counters.repeated++;
    return true;
  }
}

/** Whether a later attempt may succeed. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status >= 500 || error.status === 429 || error.status === 409;
