import { runToEnd } from '../real/run-to-end.ts';
import { ControlPlaneUnavailable } from './control-plane-unavailable.ts';
import { kubernetesModule, kubernetesVersion } from './kubernetes-version.ts';

export interface BuildOptions {
  /** Names of commands below k8s.io/kubernetes/cmd. */
  readonly programs: readonly string[];
  /** Folder for the binaries. */
  readonly target: string;
  readonly onProgress: (line: string) => void;
}

/**
 * Builds programs of the pinned Kubernetes: about ten minutes on two cores with an empty build cache of Go, half a minute with a
 * full one. Static and without debug tables, so that they are small and run inside any root.
 * @throws ControlPlaneUnavailable
 */
export async function buildKubernetes({ programs, target, onProgress }: BuildOptions): Promise<void> {
  const packages = programs.map((program) => `k8s.io/kubernetes/cmd/${program}`);
  const started = Date.now();
  let compiled = 0;
  let latest = 'starting';
  const tell = () =>
    onProgress(
      `${compiled} packages compiled, ${latest} (${Math.round((Date.now() - started) / 1000)} s, about 600 s the first time)`,
    );
  const ticking = setInterval(tell, 2000);
  try {
    const go = [
      'go',
      'build',
      '-v',
      '-trimpath',
      '-buildvcs=false',
      '-mod=readonly',
      `-ldflags=${linkerFlags()}`,
    ];
    const { ok, output } = await runToEnd(
      {
        file: 'env',
        args: ['CGO_ENABLED=0', 'GOFLAGS=', 'nice', ...go, '-o', `${target}/`, ...packages],
      },
      {
        cwd: kubernetesModule,
        onLine(line) {
          if (line.startsWith('go: downloading ')) latest = line.slice('go: '.length);
          else if (!line.includes(' ')) [compiled, latest] = [compiled + 1, line];
        },
      },
    );
    if (!ok) {
      throw new ControlPlaneUnavailable(
        `Kubernetes could not be built. Check that \`go env GOPROXY\` is reached and that 4 GB of disk are free, then try again. The last lines of go build:\n${output}`,
      );
    }
  } finally {
    clearInterval(ticking);
  }
}

/** What a release build sets too: /version and the version gates of features are read from it. */
function linkerFlags(): string {
  const version = kubernetesVersion();
  const [major, minor] = version.split('.');
  const set = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const values = Object.entries(set).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ['-s', '-w', ...values].join(' ');
}
