import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../real/cache-folder.ts';
import { holdLock } from '../real/lock.ts';
import { buildKubernetes } from './build-kubernetes.ts';
import { demandGo } from './go-toolchain.ts';
import { kubernetesModule, kubernetesVersion } from './kubernetes-version.ts';

const programs = ['kube-apiserver', 'kube-controller-manager'] as const;

export type KubernetesProgram = (typeof programs)[number];

/** Where each program is. */
export type KubernetesBinaries = Readonly<Record<KubernetesProgram, string>>;

/**
 * Brings kube-apiserver and kube-controller-manager here: from the folder KUBEBUILDER_ASSETS when it has both, else built once with
 * Go from the pinned modules and kept under the cache folder. One run builds, others wait for it; what is there is whole.
 * @param onProgress is told what goes on, at least every two seconds during a build
 * @throws ControlPlaneUnavailable
 */
export async function ensureKubernetes(
  onProgress: (line: string) => void = () => undefined,
  env: NodeJS.ProcessEnv = process.env,
): Promise<KubernetesBinaries> {
  const assets = env['KUBEBUILDER_ASSETS'];
  if (assets !== undefined && holdsAll(assets)) return binariesIn(assets);
  const folder = join(
    cacheFolder(env),
    'kubernetes',
    `${kubernetesVersion()}-${process.arch}-${modulesId()}`,
  );
  if (existsSync(folder)) return binariesIn(folder);

  if (assets !== undefined)
    onProgress(`${assets} (KUBEBUILDER_ASSETS) lacks one of ${programs.join(' and ')}; they are built.`);
  demandGo(kubernetesModule);
  using _lock = await holdLock(`${folder}.lock`, () =>
    onProgress('waiting for another run that builds them'),
  );
  if (existsSync(folder)) return binariesIn(folder);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  await buildKubernetes({ programs, target: partial, onProgress });
  renameSync(partial, folder);
  return binariesIn(folder);
}

/** Names a build: other modules, other binaries. */
function modulesId(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(kubernetesModule, file)));
  return hash.digest('hex').slice(0, 12);
}

function holdsAll(folder: string): boolean {
  return programs.every((program) => existsSync(join(folder, program)));
}

function binariesIn(folder: string): KubernetesBinaries {
  return {
    'kube-apiserver': join(folder, 'kube-apiserver'),
    'kube-controller-manager': join(folder, 'kube-controller-manager'),
  };
}
