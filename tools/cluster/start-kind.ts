import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureParts } from '../real/parts.ts';
import { runToEnd } from '../real/run-to-end.ts';
import type { Cluster } from './cluster.ts';
import { ClusterUnavailable } from './cluster-unavailable.ts';
import { type DockerAnswers, kindNetwork } from './kind-network.ts';

/** A cluster of ours is named by the process that it is for. */
const ownName = /^medlyssning-(\d+)$/;

/**
 * Demands what a cluster of kind needs.
 * @throws ClusterUnavailable
 */
export function ensureKind(): void {
  for (const [file, ...args] of [
    ['kind', 'version'],
    ['docker', 'info'],
  ] as const) {
    const { status, error, stderr } = spawnSync(file, args, { encoding: 'utf8' });
    if (status === 0) continue;
    throw new ClusterUnavailable(
      `E2E_CLUSTER=kind needs kind and a docker that answers, and \`${file} ${args.join(' ')}\` failed: ${error?.message ?? stderr.trim().slice(-300)}. Install kind (https://kind.sigs.k8s.io), start Docker, or leave E2E_CLUSTER away.`,
    );
  }
}

/**
 * Starts a cluster of kind. It does not end by itself when this process is killed: the next start removes it.
 * @throws ClusterUnavailable
 */
export async function startKind(onProgress: (line: string) => void): Promise<Cluster> {
  ensureKind();
  const parts = await ensureParts(onProgress);
  for (const name of ask('kind', 'get', 'clusters').split('\n')) {
    const pid = ownName.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) ask('kind', 'delete', 'cluster', '--name', name);
  }
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-kind-'));
  const adminKubeconfig = join(folder, 'kubeconfig');
  const name = `medlyssning-${process.pid}`;
  const kind = async (...args: readonly string[]) => {
    const { ok, output } = await runToEnd(
      { file: 'kind', args: [...args, '--name', name] },
      { onLine: onProgress },
    );
    if (!ok) throw new ClusterUnavailable(`kind ${args.join(' ')} failed. Its last lines:\n${output}`);
  };
  const stop = async () => {
    await kind('delete', 'cluster', `--kubeconfig=${adminKubeconfig}`);
    rmSync(folder, { recursive: true });
  };
  try {
    await kind('create', 'cluster', '--wait=120s', `--kubeconfig=${adminKubeconfig}`);
    const nodeName = `${name}-control-plane`;
    const [network] = JSON.parse(ask('docker', 'network', 'inspect', 'kind')) as [DockerAnswers['network']];
    const address = '{{(index .NetworkSettings.Networks "kind").IPAddress}}';
    const wire = kindNetwork({
      network,
      node: ask('docker', 'inspect', `--format=${address}`, nodeName).trim(),
    });
    const pid = ask('docker', 'inspect', '--format={{.State.Pid}}', nodeName).trim();
    // They stay on Docker's bridge, where a second time changes nothing.
    for (const peer of wire.peers)
      ask('ip', 'address', 'replace', `${peer}/${wire.prefixLength}`, 'dev', wire.link);
    return {
      network: wire,
      nodeName,
      adminKubeconfig,
      stop,
      kubectl(args) {
        const options = [`--kubeconfig=${adminKubeconfig}`, `--cache-dir=${folder}/cache`];
        return runToEnd(parts.command('kubectl', [...options, ...args], folder), { keepLines: 100_000 });
      },
      async importImages(files) {
        for (const file of files) await kind('load', 'image-archive', file);
      },
      async tagImage(image, another) {
        ask('docker', 'exec', nodeName, 'ctr', '--namespace=k8s.io', 'images', 'tag', image, another);
      },
      onNetwork: ({ file, args }) => ({ file: 'nsenter', args: ['--target', pid, '--net', file, ...args] }),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function ask(file: string, ...args: readonly string[]): string {
  return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
