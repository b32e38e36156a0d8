import type { AdminClient, AdminResponse } from './admin-client.ts';
import { awaitServed } from './await-served.ts';
import { ResourcePaths } from './resource-paths.ts';
import type { Manifest } from './yaml-files.ts';

/** Objects the API server did not take; the message says which and why. */
export class ApplyFailed extends Error {
  override readonly name = 'ApplyFailed';
  readonly reason = 'ApplyFailed';
}

/** The field manager of what tests apply; kubectl's own name, since it stands for people with kubectl. */
export const appliedBy = 'kubectl';

/**
 * Applies objects by server-side apply, definitions and namespaces first. Namespaces that objects name are made where missing.
 * @returns what the API server warned of
 * @throws ApplyFailed
 */
export async function applyManifests(
  client: AdminClient,
  manifests: readonly Manifest[],
): Promise<readonly string[]> {
  const paths = new ResourcePaths(client);
  const warnings: string[] = [];
  const apply = async (manifest: Manifest) => {
    const path = await paths.pathOf(manifest);
    if (path === undefined) {
      throw new ApplyFailed(
        `${describe(manifest)} could not be applied: the API server serves no kind ${manifest.kind} of ${manifest.apiVersion}. Apply its definition first.`,
      );
    }
    const answer = await client.request({
      method: 'PATCH',
      path: `${path}?fieldManager=${appliedBy}&force=true`,
      contentType: 'application/apply-patch+yaml',
      body: manifest,
    });
    demandSuccess(answer, manifest);
    warnings.push(...answer.warnings);
  };
  const isFirst = ({ kind }: Manifest) => kind === 'CustomResourceDefinition' || kind === 'Namespace';
  const later = manifests.filter((manifest) => !isFirst(manifest));
  for (const manifest of [...manifests.filter(isFirst), ...namespacesOf(manifests)]) await apply(manifest);
  await awaitServed(client, manifests);
  for (const manifest of later) await apply(manifest);
  return warnings;
}

/** The namespaces that objects name and that are not among the objects. */
function namespacesOf(manifests: readonly Manifest[]): readonly Manifest[] {
  const given = manifests.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  const named = manifests.flatMap(({ metadata }) => metadata.namespace ?? []);
  return [...new Set(named)]
    .filter((name) => !given.includes(name))
    .map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

function demandSuccess({ status, body }: AdminResponse, manifest: Manifest): void {
  if (status < 300) return;
  throw new ApplyFailed(`${describe(manifest)} was not taken (${status}): ${messageOf(body)}`);
}

function describe({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}

/** The message of a Status object. */
export function messageOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message);
  return String(body);
}
