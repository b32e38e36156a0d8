import { ApiError } from '../api/api-error.ts';
import type { CallOptions, KubeApi, ListPage, ListQuery, WatchQuery } from '../api/kube-api.ts';
import { type KubeObject, keyOf } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import type { WatchEvent } from '../api/watch-event.ts';

type Event = WatchEvent<KubeObject>;

interface OpenWatch {
  /** The last change it has been given. */
  seen: number;
  readonly wake: () => void;
  readonly queue: (Event | Error | 'end')[];
  isDeaf: boolean;
}

/** What an API server does for a reflector, in memory: one history of changes, lists of a moment, watches from a moment on. */
export class ModelServer {
  readonly objects = new Map<string, KubeObject>();
  readonly #history: { readonly version: number; readonly event: Event }[] = [];
  readonly #watches = new Set<OpenWatch>();
  readonly #failures: Error[] = [];
  #version = 100;
  #compacted = 0;
  requests = 0;

  get openWatches(): number {
    return this.#watches.size;
  }

  get resourceVersion(): string {
    return `${this.#version}`;
  }

  /** Made, or changed if it is there. */
  put(name: string): void {
    const before = this.objects.get(`acme/${name}`);
    const uid = before?.metadata.uid ?? `uid-${this.#version}`;
    this.#version++;
    const metadata = { namespace: 'acme', name, uid, resourceVersion: this.resourceVersion };
    const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    this.objects.set(keyOf(metadata), object);
    this.#happened({ type: before ? 'MODIFIED' : 'ADDED', object });
  }

  remove(name: string): void {
    const before = this.objects.get(`acme/${name}`);
    if (!before) return;
    this.#version++;
    this.objects.delete(`acme/${name}`);
    const metadata = { ...before.metadata, resourceVersion: this.resourceVersion };
    this.#happened({ type: 'DELETED', object: { ...before, metadata } });
  }

  /** A change that no watch is ever told of. */
  removeUnseen(name: string): void {
    this.#version++;
    this.objects.delete(`acme/${name}`);
  }

  compact(): void {
    this.#compacted = this.#version;
  }

  /** Nothing is left, and versions count from an earlier one on. */
  restoreEmpty(): void {
    this.objects.clear();
    this.#history.length = 0;
    this.#version = 50;
  }

  /** The next requests fail, one by one. */
  failNext(...errors: readonly Error[]): void {
    this.#failures.push(...errors);
  }

  bookmark(): void {
    for (const watch of this.#watches)
      if (!watch.isDeaf) {
        watch.queue.push({ type: 'BOOKMARK', resourceVersion: this.resourceVersion });
        watch.wake();
      }
  }

  /** Ends the open watches, in order or with an error. */
  cut(how: Error | 'end'): void {
    for (const watch of this.#watches) {
      watch.queue.push(how);
      watch.wake();
    }
  }

  /** The open watches stay open, and nothing comes any more. */
  stall(): void {
    for (const watch of this.#watches) watch.isDeaf = true;
  }

  get api(): Pick<KubeApi, 'list' | 'watch'> {
    return {
      list: async <T extends KubeObject>(_: ResourceType<T>, query: ListQuery = {}): Promise<ListPage<T>> => {
        this.#admit();
        return this.#page(query) as ListPage<T>;
      },
      watch: <T extends KubeObject>(_: ResourceType<T>, query: WatchQuery, options: CallOptions = {}) =>
        this.#watch(query, options.signal) as AsyncIterable<WatchEvent<T>>,
    };
  }

  #admit(): void {
    this.requests++;
    const failure = this.#failures.shift();
    if (failure) throw failure;
  }

  /** Continue tokens are `VERSION:OFFSET`; pages after the first are of that moment. */
  #page({ limit = Infinity, continue: token }: ListQuery): ListPage<KubeObject> {
    const [version, offset] = token?.split(':').map(Number) ?? [this.#version, 0];
    if (version === undefined || offset === undefined || version < this.#compacted) throw expired();
    const all = [...this.#at(version).values()];
    const end = Math.min(all.length, offset + limit);
    return {
      items: all.slice(offset, end),
      resourceVersion: `${version}`,
      ...(end < all.length ? { continue: `${version}:${end}` } : {}),
    };
  }

  #at(version: number): ReadonlyMap<string, KubeObject> {
    if (version === this.#version) return this.objects;
    const objects = new Map<string, KubeObject>();
    for (const { version: at, event } of this.#history) {
      if (at > version || event.type === 'BOOKMARK') continue;
      const key = keyOf(event.object.metadata);
      if (event.type === 'DELETED') objects.delete(key);
      else objects.set(key, event.object);
    }
    return objects;
  }

  async *#watch(query: WatchQuery, signal: AbortSignal | undefined): AsyncGenerator<Event, void, undefined> {
    this.#admit();
    const from = Number(query.resourceVersion);
    if (from < this.#compacted) throw expired();
    let woken = Promise.withResolvers<void>();
    const watch: OpenWatch = { seen: from, queue: [], isDeaf: false, wake: () => woken.resolve() };
    const abort = () => watch.wake();
    signal?.addEventListener('abort', abort);
    this.#watches.add(watch);
    try {
      this.#feed(watch);
      for (;;) {
        signal?.throwIfAborted();
        const next = watch.queue.shift();
        if (next === 'end') return;
        if (next instanceof Error) throw next;
        if (next) yield next;
        else {
          await woken.promise;
          woken = Promise.withResolvers<void>();
        }
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#watches.delete(watch);
    }
  }

  #happened(event: Event): void {
    this.#history.push({ version: this.#version, event });
    for (const watch of this.#watches) if (!watch.isDeaf) this.#feed(watch);
  }

  #feed(watch: OpenWatch): void {
    for (const { version, event } of this.#history) if (version > watch.seen) watch.queue.push(event);
    watch.seen = this.#version;
    watch.wake();
  }
}

export const expired = (): ApiError => new ApiError('Too old.', { status: 410, reason: 'Expired' });
