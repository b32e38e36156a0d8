import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The Go module whose go.mod and go.sum say what the control plane is built from. */
export const kubernetesModule = join(import.meta.dirname, 'modules', 'kubernetes');

/** The Kubernetes version that go.mod pins, for example `1.36.3`. */
export function kubernetesVersion(): string {
  return pinnedVersion(readFileSync(join(kubernetesModule, 'go.mod'), 'utf8'));
}

/** The version of k8s.io/kubernetes in a go.mod. */
export function pinnedVersion(goMod: string): string {
  const version = /^\s*k8s\.io\/kubernetes v(\d+\.\d+\.\d+)/m.exec(goMod)?.[1];
  if (version === undefined) throw new Error('go.mod requires no k8s.io/kubernetes. Restore it from git.');
  return version;
}
