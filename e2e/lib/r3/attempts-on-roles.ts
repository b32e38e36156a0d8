import type { AdminRequest } from '@medlyssning/tools/control-plane/admin-client.ts';
import type { Attempts } from './attempts.ts';
import { rbacGroup } from './requests.ts';

function bind(clusterRole: string): AdminRequest {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    method: 'POST',
    path: `${rbacGroup}/namespaces/acme/rolebindings`,
    body: {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'mine' },
      roleRef: { apiGroup, kind: 'ClusterRole', name: clusterRole },
      subjects: [{ apiGroup, kind: 'User', name: 'somebody' }],
    },
  };
}

/** Ways to be given what one has not. */
export const attemptsOnRoles: Attempts = {
  'name a sub-administrator': () => bind('medlyssning-sub-administrator'),
  'name a company administrator': () => bind('medlyssning-company-administrator'),
  'name a platform administrator for the namespace': () => bind('medlyssning-platform-administrator'),
  'name a PBX': () => bind('medlyssning-pbx'),
  'name an admin of the namespace': () => bind('admin'),
  'write a role with grant in it': () => ({
    method: 'POST',
    path: `${rbacGroup}/namespaces/acme/roles`,
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'mine' },
      rules: [{ apiGroups: ['medlyssning.dev'], resources: ['entitlements'], verbs: ['grant'] }],
    },
  }),
  "ask for a token of the operator's": () => ({
    method: 'POST',
    path: '/api/v1/namespaces/medlyssning-system/serviceaccounts/medlyssning-operator/token',
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  }),
  'delete an admission policy': () => ({
    method: 'DELETE',
    path: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/medlyssning-rights',
  }),
};
