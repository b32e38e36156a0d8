import { setTimeout as delay } from 'node:timers/promises';
import type { AdminClient } from './admin-client.ts';
import type { Manifest } from './yaml-files.ts';

const withinMs = 15_000;
const betweenAsksMs = 20;

interface Definition extends Manifest {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** Fulfilled when the kinds of these CustomResourceDefinitions can be listed: they are established, and the handler knows of it. */
export async function awaitServed(client: AdminClient, manifests: readonly Manifest[]): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (const path of manifests.filter(isDefinition).flatMap(listsOf)) {
    while ((await client.request({ method: 'GET', path: `${path}?limit=1` })).status !== 200) {
      if (Date.now() > deadline) throw new Error(`${path} was not served within ${withinMs / 1000} s.`);
      await delay(betweenAsksMs);
    }
  }
}

function isDefinition(manifest: Manifest): manifest is Definition {
  return manifest.kind === 'CustomResourceDefinition' && 'spec' in manifest;
}

function listsOf({ spec }: Definition): readonly string[] {
  const { group, names, versions } = spec;
  return versions.filter(({ served }) => served).map(({ name }) => `/apis/${group}/${name}/${names.plural}`);
}
