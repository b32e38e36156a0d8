import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { ListPage } from '../api/kube-api.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { apiVersionOf, type ResourceType } from '../api/resource-type.ts';

export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws `ApiUnreachable`, reason `Garbled`, as all in this file. */
export const parseJson = (text: string): Json => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ApiUnreachable('Garbled', 'What came from the API server is not JSON.', cause);
  }
  if (!isJson(value)) throw garbled('What came from the API server is no JSON object.');
  return value;
};

/**
 * An object with what every object must have; the rest is as the kind's schema has let it into the API server, which is why it may be
 * called `T`. The items of a built-in kind's list come without kind and apiVersion.
 */
export const readObject = <T extends KubeObject>(type: ResourceType<T>, value: unknown): T => {
  const metadata = isJson(value) ? value['metadata'] : undefined;
  if (!isJson(value) || !isJson(metadata)) throw garbled(`A ${type.kind} came without metadata.`);
  const { name, namespace, uid, resourceVersion } = metadata;
  if (!isFilled(name) || !isFilled(uid) || !isFilled(resourceVersion))
    throw garbled(`A ${type.kind} came without name, uid or resourceVersion.`);
  if (type.namespaced ? !isFilled(namespace) : namespace !== undefined)
    throw garbled(`A ${type.kind} came with${type.namespaced ? 'out' : ''} a namespace.`);
  const named =
    value['kind'] === undefined ? { apiVersion: apiVersionOf(type), kind: type.kind, ...value } : value;
  return named as unknown as T;
};

export const readPage = <T extends KubeObject>(type: ResourceType<T>, text: string): ListPage<T> => {
  const list = parseJson(text);
  const { items, metadata } = list;
  // Go's nil slice is null.
  const values = items === null ? [] : items;
  if (!Array.isArray(values) || !isJson(metadata) || !isFilled(metadata['resourceVersion']))
    throw garbled(`A list of ${type.plural} came without items or resourceVersion.`);
  const { continue: more, remainingItemCount } = metadata;
  return {
    items: values.map((value) => readObject(type, value)),
    resourceVersion: metadata['resourceVersion'],
    ...(isFilled(more) ? { continue: more } : {}),
    ...(typeof remainingItemCount === 'number' ? { remainingItemCount } : {}),
  };
};

export const garbled = (message: string): ApiUnreachable => new ApiUnreachable('Garbled', message);

export const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== '';
