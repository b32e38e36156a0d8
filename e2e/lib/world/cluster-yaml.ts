import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { type Manifest, readManifests } from '@medlyssning/tools/control-plane/yaml-files.ts';

const plurals: Readonly<Record<string, string>> = {
  Company: 'companies',
  Profile: 'profiles',
  User: 'users',
  Entitlement: 'entitlements',
};

interface WithStatus extends Manifest {
  readonly status?: { readonly activeProfile?: unknown };
}

/**
 * Keeps an API server at what a folder of YAML says, as GitOps does with pruning. The active profile, which the PBX says
 * in a cluster, is written as it would be.
 */
export class ClusterYaml {
  readonly #cluster: ControlPlane;
  readonly #folder: string;
  #texts = new Map<string, string>();
  #objects = new Map<string, WithStatus>();

  constructor(cluster: ControlPlane, folder: string) {
    this.#cluster = cluster;
    this.#folder = folder;
  }

  async apply(): Promise<void> {
    const names = (await readdir(this.#folder, { recursive: true })).filter((name) => name.endsWith('.yaml'));
    const files = names.toSorted().map((name) => join(this.#folder, name));
    const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
    const changed = files.filter((file) => texts.get(file) !== this.#texts.get(file));
    const objects = new Map(readManifests(files).map((object) => [pathOf(object), object]));

    if (changed.length > 0) await this.#cluster.applyFiles(changed);
    for (const [path, object] of objects) await this.#sayActiveProfile(path, object);
    for (const path of this.#objects.keys())
      if (!objects.has(path)) await this.#cluster.request({ method: 'DELETE', path });
    this.#texts = texts;
    this.#objects = objects;
  }

  async #sayActiveProfile(path: string, { apiVersion, kind, metadata, status }: WithStatus): Promise<void> {
    const activeProfile = status?.activeProfile;
    const before = this.#objects.get(path)?.status?.activeProfile;
    if (JSON.stringify(activeProfile) === JSON.stringify(before)) return;
    const { name, namespace } = metadata;
    const { status: code, body } = await this.#cluster.request({
      method: 'PATCH',
      path: `${path}/status?fieldManager=medlyssning-sidecar&force=true`,
      contentType: 'application/apply-patch+yaml',
      body: {
        apiVersion,
        kind,
        metadata: { name, namespace },
        status: activeProfile ? { activeProfile } : {},
      },
    });
    if (code >= 300) throw new Error(`The active profile of ${name} was not taken: ${JSON.stringify(body)}`);
  }
}

const pathOf = ({ apiVersion, kind, metadata }: Manifest): string =>
  `/apis/${apiVersion}/namespaces/${metadata.namespace}/${plurals[kind]}/${metadata.name}`;
