import type { KubeObject, ObjectRef } from '../api/kube-object.ts';
import type { ResourceType } from '../api/resource-type.ts';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Without `namespace`: of all namespaces. */
export const collectionPath = (type: ResourceType<KubeObject>, namespace: string | undefined): string => {
  const root = type.group === '' ? ['api', type.version] : ['apis', type.group, type.version];
  const inside = type.namespaced && namespace !== undefined ? ['namespaces', namespace] : [];
  return joined([...root, ...inside, type.plural]);
};

/** Throws a RangeError for a name or namespace that would make it another URL than the one meant. */
export const objectPath = (
  type: ResourceType<KubeObject>,
  { namespace, name }: ObjectRef,
  subresource?: string,
): string => {
  needNamespace(type, namespace);
  return collectionPath(type, namespace) + joined(subresource === undefined ? [name] : [name, subresource]);
};

export const needNamespace = (type: ResourceType<KubeObject>, namespace: string | undefined): void => {
  if (type.namespaced && !namespace) throw new RangeError(`A ${type.kind} lives in a namespace; name it.`);
};

export const withQuery = (path: string, query: Query): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? path : `${path}?${given}`;
};

/** Kubernetes allows no such names ("Path Segment Names"), and URLs read them as another place. */
const elsewhere = new Set(['', '.', '..']);

const joined = (parts: readonly string[]): string =>
  parts
    .map((part) => {
      if (elsewhere.has(part)) throw new RangeError(`${JSON.stringify(part)} is no name in Kubernetes.`);
      return `/${encodeURIComponent(part)}`;
    })
    .join('');
