import type { KubeApi, Selection } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import type { Backoff } from '../backoff-delay.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store.ts';

export interface ReflectorOptions<T extends KubeObject> extends Selection {
  readonly api: Pick<KubeApi, 'list' | 'watch'>;
  readonly type: ResourceType<T>;
  readonly store: Store<T>;
  /** What is kept of each object in its place, to spare memory; must leave `metadata` whole but for `managedFields`. Default: all of it. */
  readonly transform?: (object: T) => T;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Something failed. The reflector goes on; the store stays as it is. */
  readonly onProblem?: (problem: ReflectorProblem) => void;
  readonly timings?: Partial<ReflectorTimings>;
}

export interface ReflectorProblem {
  readonly during: 'list' | 'watch' | 'check';
  readonly error: unknown;
  /** When it is tried again. */
  readonly retryInMs: number;
}

export interface ReflectorTimings {
  /** Asked of the API server as the life of each watch, spread over ± 20 %. It sends a bookmark 2 s before the end. */
  readonly watchMs: number;
  /** A watch that says nothing for this long, no bookmark either, has stalled. Above 1.2 × `watchMs`. */
  readonly idleMs: number;
  /** Between two checks of the store against a list, spread over ± 20 %. */
  readonly checkMs: number;
  readonly backoff: Backoff;
  /** A watch that lived for this long makes earlier failures forgotten. */
  readonly healthyMs: number;
}

export const defaultTimings: ReflectorTimings = {
  watchMs: 45_000,
  idleMs: 60_000,
  checkMs: 600_000,
  backoff: { firstMs: 200, maxMs: 30_000 },
  healthyMs: 10_000,
};

/** All but `misses` are to be read as rates; that one stays 0 unless something is wrong. */
export interface ReflectorCounters {
  readonly lists: number;
  readonly watches: number;
  /** Without bookmarks. */
  readonly events: number;
  readonly bookmarks: number;
  /** Lists and watches that failed. */
  readonly failures: number;
  /** Watches that could not be resumed, or not any more, and were followed by a list. */
  readonly relists: number;
  /** Checks that came to an end. */
  readonly checks: number;
  /** Objects that a check found other than in the store although the watch should have told. */
  readonly misses: number;
}
