import { randomUUID } from 'node:crypto';
import type { KubeApi } from '../src/api/kube-api.ts';
import type { KubeObject } from '../src/api/kube-object.ts';
import { defineResource } from '../src/api/resource-type.ts';
import { Reflector } from '../src/reflector/reflector.ts';
import type { ReflectorProblem, ReflectorTimings } from '../src/reflector/reflector-options.ts';
import { Store, type StoreChange } from '../src/store.ts';

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

export const configMaps = defineResource<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
});

export const namespaces = defineResource<KubeObject>({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
});

/** Shorter than in life, in the same proportions. */
const timings: Partial<ReflectorTimings> = {
  watchMs: 3000,
  idleMs: 5000,
  healthyMs: 1000,
  backoff: { firstMs: 50, maxMs: 1000 },
};

/** A reflector of one namespace's ConfigMaps, and all that it told. */
export class WatchedConfigMaps {
  readonly #direct: KubeApi;
  readonly #namespace: string;
  readonly #store: Store<ConfigMap>;
  readonly changes: StoreChange<ConfigMap>[] = [];
  readonly problems: ReflectorProblem[] = [];
  readonly reflector: Reflector<ConfigMap>;

  /** `direct` goes round the faults that `api` goes through. */
  constructor(api: KubeApi, direct: KubeApi, namespace: string, changed: Partial<ReflectorTimings> = {}) {
    this.#direct = direct;
    this.#namespace = namespace;
    this.#store = new Store<ConfigMap>({
      onSubscriberError: (error) => {
        throw error;
      },
    });
    this.#store.subscribe((change) => this.changes.push(change));
    this.reflector = new Reflector({
      api,
      type: configMaps,
      namespace,
      store: this.#store,
      timings: { ...timings, ...changed },
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  async start(): Promise<void> {
    this.reflector.start();
    await this.reflector.synced;
  }

  async put(name: string, text = ''): Promise<void> {
    const object = { metadata: { namespace: this.#namespace, name }, data: { text } };
    await this.#direct.apply(configMaps, object, { fieldManager: 'test' });
  }

  async remove(name: string): Promise<void> {
    await this.#direct.delete(configMaps, { namespace: this.#namespace, name }).catch((error) => {
      if (error.status !== 404) throw error;
    });
  }

  /** Resolves when the store has come to a change made now, and so past all that were made before. */
  async caughtUp(): Promise<void> {
    const name = `mark-${randomUUID()}`;
    const seen = new Promise<void>((resolve) => {
      const leave = this.#store.subscribe(({ after }) => {
        if (after?.metadata.name !== name) return;
        leave();
        resolve();
      });
    });
    await this.put(name);
    await seen;
  }

  /** What is other than it should be: in the store against a fresh list, and in what was told. Empty lines are good ones. */
  async differences(): Promise<readonly string[]> {
    const { items } = await this.#direct.list(configMaps, { namespace: this.#namespace });
    const held = new Map(items.map(({ metadata }) => [`${metadata.namespace}/${metadata.name}`, metadata]));
    const heard = new Map(this.changes.map(({ key, after }) => [key, after?.metadata]));
    const keys = new Set([...held.keys(), ...this.#store.keys(), ...heard.keys()]);
    const told = this.changes.flatMap(({ key, after }) =>
      after ? `${key}@${after.metadata.resourceVersion}` : [],
    );
    const twice = told.filter((each, i) => told.indexOf(each) !== i);
    return [
      ...[...keys].flatMap((key) => {
        const [is, known, last] = [held.get(key), this.#store.get(key)?.metadata, heard.get(key)].map(
          (metadata) => metadata?.resourceVersion,
        );
        return is === known && is === last
          ? []
          : `${key}: is ${is}, store has ${known}, last told was ${last}`;
      }),
      ...twice.map((each) => `${each}: told twice`),
      ...(this.reflector.counters.misses > 0 ? [`${this.reflector.counters.misses} misses`] : []),
    ];
  }
}
