import type { KubeObject } from './kube-object.ts';

declare const objectType: unique symbol;

/** Names a kind to the API server; `T` is what its objects are. */
export interface ResourceType<T extends KubeObject> {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** As in URLs: `configmaps`. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly [objectType]?: T;
}

/**
 * `defineResource<ConfigMap>({ group: '', version: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true })`. That objects of
 * this kind are `T` is for the caller to know: the API server checks them by the kind's schema, this package does not.
 */
export const defineResource = <T extends KubeObject>(names: ResourceType<T>): ResourceType<T> => names;

export const apiVersionOf = ({ group, version }: ResourceType<KubeObject>): string =>
  group === '' ? version : `${group}/${version}`;
