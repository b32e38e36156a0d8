import { ApiError } from '../api/api-error.ts';
import type { CallOptions, KubeApi } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';

/** Others write the same list; more conflicts in a row than this mean that something fights over the object. */
const maxConflicts = 10;

/**
 * Puts `finalizer` on the object, which is given as last seen, and leaves those of others as they are. One that is there already is not
 * written again. Resolves with the object as it is then, without the finalizer if it is being deleted (Kubernetes takes no new ones
 * then), or with `undefined` if it is gone. Rejects with what the API server refuses otherwise.
 */
export const addFinalizer = <T extends KubeObject>(
  api: KubeApi,
  type: ResourceType<T>,
  object: T,
  finalizer: string,
  options?: CallOptions,
): Promise<T | undefined> =>
  change(api, type, object, options, ({ metadata: { finalizers = [], deletionTimestamp } }) =>
    deletionTimestamp !== undefined || finalizers.includes(finalizer)
      ? undefined
      : [...finalizers, finalizer],
  );

/** Takes `finalizer` off the object, and leaves those of others as they are. Resolves as `addFinalizer`. */
export const removeFinalizer = <T extends KubeObject>(
  api: KubeApi,
  type: ResourceType<T>,
  object: T,
  finalizer: string,
  options?: CallOptions,
): Promise<T | undefined> =>
  change(api, type, object, options, ({ metadata: { finalizers = [] } }) =>
    finalizers.includes(finalizer) ? finalizers.filter((other) => other !== finalizer) : undefined,
  );

/** Patches the list that `next` wants, if any, and only over the very version `next` has seen. */
async function change<T extends KubeObject>(
  api: KubeApi,
  type: ResourceType<T>,
  seen: T,
  options: CallOptions | undefined,
  next: (object: T) => readonly string[] | undefined,
): Promise<T | undefined> {
  let object = seen;
  for (let conflicts = 0; ; conflicts++) {
    const finalizers = next(object);
    if (!finalizers) return object;
    const { resourceVersion, uid } = object.metadata;
    const body = { metadata: { resourceVersion, uid, finalizers } };
    try {
      return await api.patch(
        type,
        seen.metadata,
        { contentType: 'application/merge-patch+json', body },
        {},
        options,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404) return undefined;
      if (error.status !== 409 || conflicts === maxConflicts) throw error;
    }
    const current = await read(api, type, seen, options);
    if (!current) return undefined;
    object = current;
  }
}

/** The same object, not another one of the same name that came after it. */
async function read<T extends KubeObject>(
  api: KubeApi,
  type: ResourceType<T>,
  { metadata }: T,
  options: CallOptions | undefined,
): Promise<T | undefined> {
  try {
    const object = await api.get(type, metadata, options);
    return object.metadata.uid === metadata.uid ? object : undefined;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
