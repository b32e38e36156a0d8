import type { Identity } from '@medlyssning/tools/control-plane/identities.ts';

/** Someone who asks the API server, and by which roles. Bindings are in the namespace of Acme unless they say otherwise. */
export interface Actor {
  readonly login: Identity;
  readonly bindings: readonly Binding[];
}

interface Binding {
  readonly clusterRole: string;
  /** null: in all namespaces. */
  readonly namespace?: string | null;
}

const person = (user: string, clusterRole: string, namespace?: string | null): Actor => ({
  login: { user },
  bindings: [{ clusterRole, ...(namespace !== undefined && { namespace }) }],
});

/** The Kubernetes node and the pod of the sidecar whose token is used. */
export const sidecarNode = 'node-a';
export const sidecarPod = 'sidecar-a';

/** By the heading of their column in docs/r3.md. The bindings of the two ServiceAccounts come with the roles. */
export const cast: Readonly<Record<string, Actor>> = {
  company: person('helena', 'medlyssning-company-administrator'),
  sub: person('eva', 'medlyssning-sub-administrator'),
  edit: person('otto', 'edit'),
  admin: person('nils', 'admin'),
  viewer: person('vera', 'medlyssning-viewer'),
  PBX: person('pbx', 'medlyssning-pbx'),
  platform: person('petra', 'medlyssning-platform-administrator', null),
  operator: {
    login: { serviceAccount: { namespace: 'medlyssning-system', name: 'medlyssning-operator' } },
    bindings: [],
  },
  sidecar: {
    login: {
      serviceAccount: { namespace: 'medlyssning-system', name: 'medlyssning-sidecar', pod: sidecarPod },
    },
    bindings: [],
  },
  neighbour: person('bernt', 'medlyssning-company-administrator', 'beta'),
  owner: person('olga', 'tests-everything'),
};

/** A role that tenants are often given in their own namespace; not one of ours. */
export const everything = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'tests-everything' },
  rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
};

/** The bindings of one actor as objects of the API. */
export function bindingsOf({ login, bindings }: Actor): readonly Record<string, unknown>[] {
  if (!('user' in login)) return [];
  return bindings.map(({ clusterRole, namespace = 'acme' }) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: namespace === null ? 'ClusterRoleBinding' : 'RoleBinding',
    metadata: { name: `tests-${login.user}`, ...(namespace !== null && { namespace }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: clusterRole },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: login.user }],
  }));
}
