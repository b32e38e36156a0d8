import type { KubeApi } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import { Reflector } from '../reflector/reflector.ts';
import { Store } from '../store.ts';
import { ResourceEventType } from './resource-event.ts';

export interface ResourceWatchOptions {
  readonly api: KubeApi;
  readonly type: ResourceType<KubeObject>;
  readonly namespace: string | undefined;
  /** Something is new about the object of this key. */
  readonly onChange: (key: string) => void;
  readonly onProblem: (error: unknown) => void;
  readonly tell: (type: ResourceEventType, object: KubeObject) => Promise<void>;
}

interface Told {
  readonly type: ResourceEventType;
  readonly object: KubeObject;
  /** Whether the handler took it. */
  readonly done: boolean;
}

/**
 * Turns the state of a store into events: what an object is now against what was told of it last. States in between may be left out;
 * a deletion never is, be it of an object that was told of once and vanished while nobody watched.
 */
export class ResourceWatch {
  readonly #options: ResourceWatchOptions;
  readonly #store: Store<KubeObject>;
  readonly #reflector: Reflector<KubeObject>;
  readonly #told = new Map<string, Told>();

  constructor(options: ResourceWatchOptions) {
    const { api, type, namespace, onProblem } = options;
    this.#options = options;
    this.#store = new Store({ onSubscriberError: onProblem });
    this.#store.subscribe(({ key }) => options.onChange(key));
    this.#reflector = new Reflector({
      api,
      type,
      store: this.#store,
      namespace,
      onProblem: ({ error }) => onProblem(error),
    });
    this.#reflector.start();
  }

  stop(): Promise<void> {
    return this.#reflector.stop();
  }

  /** Tells what has not been told of this key. Rejects as the handler does; then it is all to be told again. */
  async handle(key: string): Promise<void> {
    const object = this.#store.get(key);
    const before = this.#told.get(key);
    if (before && before.object.metadata.uid !== object?.metadata.uid) {
      await this.#options.tell(ResourceEventType.Deleted, before.object);
      this.#told.delete(key);
    }
    if (!object) return;
    const told = this.#told.get(key);
    if (told?.done && told.object === object) return;
    const type = told?.done ? ResourceEventType.Modified : (told?.type ?? ResourceEventType.Added);
    this.#told.set(key, { type, object, done: false });
    await this.#options.tell(type, object);
    this.#told.set(key, { type, object, done: true });
  }
}
