import { type KubeObject, keyOf } from './api/kube-object.ts';
import { withoutManagedFields } from './without-managed-fields.ts';

/** The values under which an object is found in an index. */
export type IndexFunction<T> = (object: T) => readonly string[];

/** `before` without `after`: gone. The other way: new. Both: another state, or another object of the same name. */
export interface StoreChange<T> {
  readonly key: string;
  readonly before?: T | undefined;
  readonly after?: T | undefined;
}

export type Subscriber<T> = (change: StoreChange<T>) => void;

/**
 * What is known of one kind, by `namespace/name`. Objects are kept without `managedFields` and are not to be written to.
 * Subscribers are told of each change once, after it is in the store; what they throw goes to `onSubscriberError` and stops nothing.
 */
export class Store<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #indexes = new Map<string, Index<T>>();
  readonly #subscribers = new Set<Subscriber<T>>();
  readonly #onSubscriberError: (error: unknown) => void;

  constructor(options: {
    readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
    readonly onSubscriberError: (error: unknown) => void;
  }) {
    this.#onSubscriberError = options.onSubscriberError;
    for (const [name, valuesOf] of Object.entries(options.indexes ?? {}))
      this.#indexes.set(name, new Index(valuesOf));
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  list(): readonly T[] {
    return [...this.#objects.values()];
  }

  keys(): readonly string[] {
    return [...this.#objects.keys()];
  }

  /** The objects found under `value`; one that changed stands where it stood. Throws a RangeError for an index that was not given to the constructor. */
  by(indexName: string, value: string): readonly T[] {
    const index = this.#indexes.get(indexName);
    if (!index) throw new RangeError(`This store has no index "${indexName}"; give it to the constructor.`);
    return index.objects(value);
  }

  /** From now on; what returns takes it back. */
  subscribe(subscriber: Subscriber<T>): () => void {
    // A function of its own, so that one who subscribes twice is told twice and leaves once.
    const own: Subscriber<T> = (change) => subscriber(change);
    this.#subscribers.add(own);
    return () => void this.#subscribers.delete(own);
  }

  /** Takes the object as the current state of its key. Tells nobody when it is the state already known. */
  set(object: T): void {
    const key = keyOf(object.metadata);
    const before = this.#objects.get(key);
    if (before && isSameState(before, object)) return;
    const after = withoutManagedFields(object);
    this.#objects.set(key, after);
    for (const index of this.#indexes.values()) index.move(key, before, after);
    this.#tell({ key, before, after });
  }

  delete(key: string): void {
    const before = this.#objects.get(key);
    if (!before) return;
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) index.move(key, before, undefined);
    this.#tell({ key, before });
  }

  /** Takes `objects` as all there is: what is not among them is gone. */
  replaceAll(objects: Iterable<T>): void {
    const current = new Set<string>();
    for (const object of objects) {
      current.add(keyOf(object.metadata));
      this.set(object);
    }
    for (const key of this.keys()) if (!current.has(key)) this.delete(key);
  }

  #tell(change: StoreChange<T>): void {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(change);
      } catch (error) {
        this.#onSubscriberError(error);
      }
    }
  }
}

const isSameState = (a: KubeObject, b: KubeObject): boolean =>
  a.metadata.uid === b.metadata.uid && a.metadata.resourceVersion === b.metadata.resourceVersion;

class Index<T> {
  readonly #valuesOf: IndexFunction<T>;
  readonly #objects = new Map<string, Map<string, T>>();

  constructor(valuesOf: IndexFunction<T>) {
    this.#valuesOf = valuesOf;
  }

  objects(value: string): readonly T[] {
    return [...(this.#objects.get(value)?.values() ?? [])];
  }

  move(key: string, before: T | undefined, after: T | undefined): void {
    const values = after ? this.#valuesOf(after) : [];
    for (const value of before ? this.#valuesOf(before) : []) {
      if (values.includes(value)) continue;
      const objects = this.#objects.get(value);
      objects?.delete(key);
      if (objects?.size === 0) this.#objects.delete(value);
    }
    // An object that stays keeps its place: who compares lists finds the change in one pass.
    if (!after) return;
    for (const value of values) {
      const objects = this.#objects.get(value) ?? new Map<string, T>();
      this.#objects.set(value, objects.set(key, after));
    }
  }
}
