import { spawnSync } from 'node:child_process';
import { ControlPlaneUnavailable } from './control-plane-unavailable.ts';

/** The oldest Go that builds the pinned Kubernetes: its go.mod asks for it. */
const atLeast = { major: 1, minor: 26 } as const;

const whatToDo =
  `The control plane of the tests is built from source with Go ≥ ${atLeast.major}.${atLeast.minor}, once. ` +
  'Install it from https://go.dev/dl and put `go` on PATH, or set KUBEBUILDER_ASSETS to a folder that holds kube-apiserver and kube-controller-manager.';

/**
 * Demands a Go that can build. It is asked inside the module, so that a Go that fetches the toolchain a module names counts with
 * that one.
 * @throws ControlPlaneUnavailable
 */
export function demandGo(moduleFolder: string): void {
  const { error, status, stdout, stderr } = spawnSync('go', ['env', 'GOVERSION'], {
    cwd: moduleFolder,
    encoding: 'utf8',
  });
  if (error !== undefined) throw new ControlPlaneUnavailable(`There is no Go here. ${whatToDo}`);
  if (status !== 0 || !isNewEnough(stdout)) {
    throw new ControlPlaneUnavailable(
      `Go is too old here (${(stdout || stderr).trim().slice(0, 200)}). ${whatToDo}`,
    );
  }
}

/** Whether `go env GOVERSION` names a Go that can build, for example `go1.26.8`. */
export function isNewEnough(version: string): boolean {
  const [, major, minor] = /^go(\d+)\.(\d+)/.exec(version.trim()) ?? [];
  if (major === undefined || minor === undefined) return false;
  return Number(major) === atLeast.major ? Number(minor) >= atLeast.minor : Number(major) > atLeast.major;
}
