import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { ResourcePaths } from '@medlyssning/tools/control-plane/resource-paths.ts';
import type { Manifest } from '@medlyssning/tools/control-plane/yaml-files.ts';
import type { PodTemplate } from './workloads.ts';

/** What the API server says against objects, and what it warns of, when it is asked to apply them; nothing is left behind. */
export async function saidAgainst(
  cluster: ControlPlane,
  objects: readonly Manifest[],
): Promise<readonly string[]> {
  const paths = new ResourcePaths(cluster);
  const said: string[] = [];
  for (const object of objects) {
    const of = `${object.kind} ${object.metadata.name}`;
    const path = await paths.pathOf(object);
    if (path === undefined) {
      said.push(`${of}: no such kind`);
      continue;
    }
    const { status, body, warnings } = await cluster.request({
      method: 'PATCH',
      path: `${path}?dryRun=All&fieldManager=helm&fieldValidation=Strict&force=true`,
      contentType: 'application/apply-patch+yaml',
      body: object,
    });
    if (status >= 300) said.push(`${of}: ${messageOf(body)}`);
    said.push(...warnings.map((warning) => `${of}: ${warning}`));
  }
  return said;
}

/** The same of a pod of this template in a namespace: Pod Security is asked of pods only. */
export async function saidAgainstPod(
  cluster: ControlPlane,
  namespace: string,
  { metadata, spec }: PodTemplate,
): Promise<string | undefined> {
  // Who runs it is no matter of Pod Security, and there is no such ServiceAccount in every namespace.
  const { serviceAccountName: _, priorityClassName: __, ...rest } = spec;
  const { status, body } = await cluster.request({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/pods?dryRun=All&fieldValidation=Strict`,
    body: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name: 'tried' },
      spec: { ...rest, volumes: withClaims(rest) },
    },
  });
  return status < 300 ? undefined : messageOf(body);
}

/** A StatefulSet adds the volumes of its claims to its pods. */
function withClaims({ volumes = [], containers }: PodTemplate['spec']): readonly unknown[] {
  const named = new Set(volumes.map(({ name }) => name));
  const missing = containers
    .flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name))
    .filter((name) => !named.has(name));
  return [
    ...volumes,
    ...[...new Set(missing)].map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
  ];
}

function messageOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : String(body);
}
