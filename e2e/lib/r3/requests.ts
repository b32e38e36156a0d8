import type { AdminRequest } from '@medlyssning/tools/control-plane/admin-client.ts';

/** An object as JSON; what is sent is the tests' own business, what is read was checked by the API server. */
export type Json = Readonly<Record<string, unknown>>;

const group = '/apis/medlyssning.dev/v1alpha1';
export const rbacGroup = '/apis/rbac.authorization.k8s.io/v1';

const kinds: Readonly<Record<string, string>> = {
  companies: 'Company',
  profiles: 'Profile',
  users: 'User',
  entitlements: 'Entitlement',
  forkpolicies: 'ForkPolicy',
  medianodes: 'MediaNode',
};

/** The path of a resource of ours, in Acme's namespace unless another is said. */
export function pathOf(resource: string, name = '', namespace = 'acme'): string {
  return `${group}/namespaces/${namespace}/${resource}${name === '' ? '' : `/${name}`}`;
}

export function objectOf(resource: string, metadata: Json, spec: Json, more: Json = {}): Json {
  return { apiVersion: 'medlyssning.dev/v1alpha1', kind: kinds[resource], metadata, spec, ...more };
}

export function create(resource: string, metadata: Json, spec: Json, namespace?: string): AdminRequest {
  return { method: 'POST', path: pathOf(resource, '', namespace), body: objectOf(resource, metadata, spec) };
}

/** A merge patch (RFC 7386). `target` is `users/karin` or `users/karin/status`. */
export function merge(target: string, body: Json, namespace?: string): AdminRequest {
  return {
    method: 'PATCH',
    path: pathOf(target, '', namespace),
    contentType: 'application/merge-patch+json',
    body,
  };
}

/** A JSON patch (RFC 6902). */
export function jsonPatch(target: string, operations: readonly Json[]): AdminRequest {
  return {
    method: 'PATCH',
    path: pathOf(target),
    contentType: 'application/json-patch+json',
    body: operations,
  };
}

/** Server-side apply, by force, under a field manager that the client makes up. */
export function apply(
  target: string,
  content: Json,
  fieldManager = 'tests',
  namespace?: string,
): AdminRequest {
  const [resource = '', name = ''] = target.split('/');
  const { metadata, ...rest } = { metadata: {}, ...content };
  return {
    method: 'PATCH',
    path: `${pathOf(target, '', namespace)}?force=true&fieldManager=${fieldManager}`,
    contentType: 'application/apply-patch+yaml',
    body: {
      apiVersion: 'medlyssning.dev/v1alpha1',
      kind: kinds[resource],
      metadata: { name, ...metadata },
      ...rest,
    },
  };
}

export function remove(target: string, namespace?: string): AdminRequest {
  return { method: 'DELETE', path: pathOf(target, '', namespace) };
}

/** deletecollection of what a field selector finds. */
export function removeAll(resource: string, fieldSelector: string): AdminRequest {
  return {
    method: 'DELETE',
    path: `${pathOf(resource)}?fieldSelector=${encodeURIComponent(fieldSelector)}`,
  };
}

/** The same request, which then leaves nothing behind but runs through all that admits it. */
export function dryRun(request: AdminRequest): AdminRequest {
  return { ...request, path: `${request.path}${request.path.includes('?') ? '&' : '?'}dryRun=All` };
}
