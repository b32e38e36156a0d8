import { ApiError } from '../api/api-error.ts';
import type { KubeApi } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';
import type { StatusObject } from '../status/status-writer.ts';
import type { ResourceMeta } from './resource-event.ts';

const maxConflicts = 10;

/**
 * Puts `status` in the place of the whole status, over whatever version of the object there is. Resolves with `undefined` when the
 * object is gone.
 */
export async function replaceStatus(
  api: KubeApi,
  resource: ResourceType<KubeObject>,
  { name, namespace, resourceVersion }: ResourceMeta,
  status: object,
): Promise<KubeObject | undefined> {
  const type: ResourceType<StatusObject> = resource;
  const ref = { name, namespace };
  let version = resourceVersion;
  for (let conflicts = 0; ; conflicts++) {
    const metadata = { name, resourceVersion: version, ...(namespace === undefined ? {} : { namespace }) };
    try {
      return await api.replace(type, { metadata, status }, { subresource: 'status' });
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      if (!isRefusal(error, 409) || conflicts === maxConflicts) throw error;
    }
    const current = await unlessGone(api.get(type, ref));
    if (!current) return undefined;
    version = current.metadata.resourceVersion;
  }
}

/** Patches the status, by JSON Merge Patch. Resolves as `replaceStatus`. */
export const patchStatus = (
  api: KubeApi,
  type: ResourceType<KubeObject>,
  { name, namespace }: ResourceMeta,
  status: unknown,
): Promise<KubeObject | undefined> =>
  unlessGone(
    api.patch(
      type,
      { name, namespace },
      { contentType: 'application/merge-patch+json', body: { status } },
      { subresource: 'status' },
    ),
  );

/** Resolves with `undefined` in place of a 404. */
export const unlessGone = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (isRefusal(error, 404)) return undefined;
    throw error;
  }
};

const isRefusal = (error: unknown, status: number): boolean =>
  error instanceof ApiError && error.status === status;
