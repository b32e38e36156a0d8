import type { KubeObject } from './kube-object.ts';

/** What a watch tells. The API server's `ERROR` is no event here: it is thrown as an `ApiError`. */
export type WatchEvent<T extends KubeObject> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }
  /** All changes up to this resourceVersion have been told. */
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string };
