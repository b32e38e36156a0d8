import { type KubeObject, keyOf } from '../api/kube-object.ts';
import { compareResourceVersions } from '../compare-resource-versions.ts';
import type { Store } from '../store.ts';
import type { Listed } from './list-all.ts';

/** The store was not what the API server said it should be. It is listed anew. */
export class MissedChanges extends Error {
  override readonly name = 'MissedChanges';
  readonly reason = 'MissedChanges';
  readonly keys: readonly string[];

  constructor(kind: string, keys: readonly string[]) {
    super(
      `The watch did not tell of changes of ${keys.length} ${kind}, for example ${keys[0]}. All are listed anew.`,
    );
    this.keys = keys;
  }
}

/**
 * Compares the store with a list while the watch goes on. The watch may be behind the list for a while; only when it has come as far
 * is a difference a miss. What the watch told of since the check began is not looked at: the list may be older.
 */
export class MissCheck<T extends KubeObject> {
  readonly #told = new Set<string>();
  #resourceVersion: string | undefined;
  #versions: ReadonlyMap<string, string> = new Map();

  /** To be called for each event, from before the list is asked for. */
  told(key: string): void {
    this.#told.add(key);
  }

  /** `items` are what {@link versionByKey} makes of the objects. */
  listed({ items, resourceVersion }: Listed<readonly [key: string, version: string]>): void {
    this.#versions = new Map(items);
    this.#resourceVersion = resourceVersion;
  }

  /** The keys that were missed, when the watch has come to `resourceVersion`; undefined while that cannot be told. */
  missed(resourceVersion: string, store: Pick<Store<T>, 'get' | 'keys'>): readonly string[] | undefined {
    if (this.#resourceVersion === undefined) return undefined;
    const ahead = compareResourceVersions(resourceVersion, this.#resourceVersion);
    if (ahead === undefined || ahead < 0) return undefined;
    const keys = new Set([...store.keys(), ...this.#versions.keys()]);
    return [...keys].filter((key) => {
      if (this.#told.has(key)) return false;
      const known = store.get(key);
      return (known && versionOf(known.metadata)) !== this.#versions.get(key);
    });
  }
}

/** All that a check needs of an object. */
export const versionByKey = ({ metadata }: KubeObject): readonly [key: string, version: string] => [
  keyOf(metadata),
  versionOf(metadata),
];

const versionOf = ({ uid, resourceVersion }: KubeObject['metadata']): string => `${uid} ${resourceVersion}`;
