import type { ControlPlane } from './control-plane.ts';

const rbac = { group: 'rbac.authorization.k8s.io', path: '/apis/rbac.authorization.k8s.io/v1' };
const sidecar = { kind: 'ServiceAccount', namespace: 'medlyssning-system', name: 'medlyssning-sidecar' };

/**
 * Lets the ServiceAccount of the sidecars write the MediaNode of this name. In a pod its token says which one it may; outside it needs a
 * right of its own, in all namespaces (charts/medlyssning/files/admission/media-nodes.yaml).
 */
export async function letReport(cluster: Pick<ControlPlane, 'request'>, node: string): Promise<void> {
  const make = async (resource: string, body: object): Promise<void> => {
    const answer = await cluster.request({ method: 'POST', path: `${rbac.path}/${resource}`, body });
    if (answer.status !== 201)
      throw new Error(`${resource} ${node} could not be made: ${JSON.stringify(answer.body)}`);
  };
  const metadata = { name: node };
  const rule = {
    apiGroups: ['medlyssning.dev'],
    resources: ['medianodes'],
    resourceNames: [node],
    verbs: ['report'],
  };
  await make('clusterroles', { metadata, rules: [rule] });
  await make('clusterrolebindings', {
    metadata,
    roleRef: { apiGroup: rbac.group, kind: 'ClusterRole', name: node },
    subjects: [sidecar],
  });
}
