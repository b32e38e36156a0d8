import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../real/cache-folder.ts';
import { holdLock } from '../real/lock.ts';
import { buildKubernetes } from './build-kubernetes.ts';
import { demandGo } from './go-toolchain.ts';
import { kubernetesModule, kubernetesVersion } from './kubernetes-version.ts';

const controlPlanePrograms = ['kube-apiserver', 'kube-controller-manager'] as const;
const nodePrograms = ['kube-scheduler', 'kubelet', 'kube-proxy'] as const;

type Binaries<Program extends string> = Readonly<Record<Program, string>>;

/** Where each program of a control plane is. */
export type KubernetesBinaries = Binaries<(typeof controlPlanePrograms)[number]>;

/** Where each program is that a cluster with nodes needs besides. */
export type NodeBinaries = Binaries<(typeof nodePrograms)[number]>;

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
  const programs = controlPlanePrograms;
  const assets = env['KUBEBUILDER_ASSETS'];
  if (assets !== undefined && programs.every((program) => existsSync(join(assets, program))))
    return binariesIn(assets, programs);
  if (assets !== undefined)
    onProgress(`${assets} (KUBEBUILDER_ASSETS) lacks one of ${programs.join(' and ')}; they are built.`);
  return built(programs, join(cacheFolder(env), 'kubernetes', buildId()), onProgress);
}

/**
 * Brings kube-scheduler, kubelet and kube-proxy here, built as those of the control plane, after them: they share most of what is compiled.
 * @throws ControlPlaneUnavailable
 */
export function ensureNodePrograms(onProgress: (line: string) => void): Promise<NodeBinaries> {
  return built(nodePrograms, join(cacheFolder(), 'kubernetes', `${buildId()}-node`), onProgress);
}

async function built<Program extends string>(
  programs: readonly Program[],
  folder: string,
  onProgress: (line: string) => void,
): Promise<Binaries<Program>> {
  if (existsSync(folder)) return binariesIn(folder, programs);
  demandGo(kubernetesModule);
  using _lock = await holdLock(`${folder}.lock`, () =>
    onProgress('waiting for another run that builds them'),
  );
  if (existsSync(folder)) return binariesIn(folder, programs);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  await buildKubernetes({ programs, target: partial, onProgress });
  renameSync(partial, folder);
  return binariesIn(folder, programs);
}

/** Names a build: other modules, other binaries. */
function buildId(): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(kubernetesModule, file)));
  return `${kubernetesVersion()}-${process.arch}-${hash.digest('hex').slice(0, 12)}`;
}

function binariesIn<Program extends string>(folder: string, programs: readonly Program[]): Binaries<Program> {
  const paths = programs.map((program) => [program, join(folder, program)] as const);
  return Object.fromEntries(paths) as Binaries<Program>;
}
