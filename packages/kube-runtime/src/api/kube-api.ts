import type { KubeObject, ObjectMeta, ObjectRef } from './kube-object.ts';
import type { ResourceType } from './resource-type.ts';
import type { WatchEvent } from './watch-event.ts';

/**
 * The API server. Every method rejects with `ApiError` (it refused) or `ApiUnreachable` (it gave no usable answer), or with the
 * reason of `signal`. Nothing is repeated: whoever calls knows whether that would be right.
 */
export interface KubeApi extends AsyncDisposable {
  list<T extends KubeObject>(
    type: ResourceType<T>,
    query?: ListQuery,
    options?: CallOptions,
  ): Promise<ListPage<T>>;

  /** Ends when the API server ends it. Leaving the loop ends the request. */
  watch<T extends KubeObject>(
    type: ResourceType<T>,
    query: WatchQuery,
    options?: CallOptions,
  ): AsyncIterable<WatchEvent<T>>;

  get<T extends KubeObject>(type: ResourceType<T>, ref: ObjectRef, options?: CallOptions): Promise<T>;

  create<T extends KubeObject>(
    type: ResourceType<T>,
    object: Written<T>,
    query?: WriteQuery,
    options?: CallOptions,
  ): Promise<T>;

  /** Server-side apply: `object` holds the fields that `fieldManager` wants to own, and no others. */
  apply<T extends KubeObject>(
    type: ResourceType<T>,
    object: Written<T>,
    query: ApplyQuery,
    options?: CallOptions,
  ): Promise<T>;

  patch<T extends KubeObject>(
    type: ResourceType<T>,
    ref: ObjectRef,
    patch: Patch,
    query?: SubresourceQuery,
    options?: CallOptions,
  ): Promise<T>;

  /** With `metadata.resourceVersion`: only if that is still the current one, else `Conflict`. */
  replace<T extends KubeObject>(
    type: ResourceType<T>,
    object: Written<T>,
    query?: SubresourceQuery,
    options?: CallOptions,
  ): Promise<T>;

  /** Resolves when the API server has taken the wish; finalizers may hold the object for longer. */
  delete<T extends KubeObject>(
    type: ResourceType<T>,
    ref: ObjectRef,
    query?: DeleteQuery,
    options?: CallOptions,
  ): Promise<void>;

  /** Ends connections, and with them whatever is under way. */
  close(): Promise<void>;
}

/** Questions that are not stored, such as TokenReview and SubjectAccessReview: kinds of the whole cluster. Rejects as `KubeApi` does. */
export interface ReviewApi {
  /** The `status` as it came: what is in it is for the caller to check. */
  review(type: ResourceType<KubeObject>, spec: object, options?: CallOptions): Promise<unknown>;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface Selection {
  /** Absent: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface ListQuery extends Selection {
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan' | undefined;
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** There is more: ask with this. */
  readonly continue?: string | undefined;
  readonly remainingItemCount?: number | undefined;
}

export interface WatchQuery extends Selection {
  readonly resourceVersion: string;
  readonly allowBookmarks?: boolean | undefined;
  /** How long the API server is to keep the watch open, s. */
  readonly timeoutSeconds?: number | undefined;
}

/** An object on its way to the API server. `apiVersion` and `kind` are filled in. */
export type Written<T extends KubeObject> = Partial<Omit<T, 'apiVersion' | 'kind' | 'metadata'>> & {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: Partial<ObjectMeta> & { readonly generateName?: string };
};

export interface WriteQuery {
  readonly fieldManager?: string | undefined;
}

export interface SubresourceQuery extends WriteQuery {
  readonly subresource?: string | undefined;
}

export interface ApplyQuery extends SubresourceQuery {
  readonly fieldManager: string;
  /** Take fields that others own. */
  readonly force?: boolean | undefined;
}

export interface Patch {
  readonly contentType:
    | 'application/json-patch+json'
    | 'application/merge-patch+json'
    | 'application/strategic-merge-patch+json';
  readonly body: unknown;
}

export interface DeleteQuery {
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string } | undefined;
  readonly propagationPolicy?: 'Orphan' | 'Background' | 'Foreground' | undefined;
}
