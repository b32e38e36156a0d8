import { execFileSync } from 'node:child_process';
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Credential } from '../control-plane/certificates.ts';
import type { NodeBinaries } from '../control-plane/kubernetes-binaries.ts';
import { makeOwnFolder } from '../control-plane/own-folder.ts';
import type { Command } from '../real/command.ts';
import { type RunningProcess, startProcess } from '../real/process.ts';
import { runToEnd } from '../real/run-to-end.ts';
import { hierarchies, makeGroup } from './cgroups.ts';
import { ClusterUnavailable } from './cluster-unavailable.ts';
import { containerdSocket, nodeFiles } from './node-files.ts';
import type { NodeNetwork } from './node-network.ts';

export interface NodeOptions {
  /** Its name in the cluster. */
  readonly name: string;
  readonly network: NodeNetwork;
  /** The file system that it sees (node-root.ts). */
  readonly root: string;
  readonly programs: NodeBinaries;
}

/** What a node needs to know to join a control plane. */
export interface JoinOptions {
  /** PEM. */
  readonly ca: string;
  readonly serving: Credential;
  readonly kubeletKubeconfig: string;
  readonly proxyKubeconfig: string;
}

/** A machine of its own as far as Kubernetes can see: containerd in namespaces and cgroups of its own, beside this machine on a wire. */
export interface ClusterNode {
  readonly process: RunningProcess;
  /** Where its logs are. */
  readonly folder: string;
  /** The command that runs a program inside of it, with its network and its files. */
  command(file: string, args: readonly string[]): Command;
  /** Lets kubelet and kube-proxy begin. */
  join(options: JoinOptions): void;
  /** The command that runs a program of this machine with the node's network. */
  onNetwork(command: Command): Command;
  /** Gives an image in containerd one more name. */
  tagImage(name: string, another: string): Promise<void>;
  /**
   * Gives containerd the images of an OCI archive.
   * @param files paths on this machine
   */
  importImages(files: readonly string[]): Promise<void>;
  /** Ends everything in it, pods included, and removes what it wrote. */
  stop(): Promise<void>;
}

/**
 * Starts a node that has joined no cluster yet. It cannot outlive this process.
 * @throws ClusterUnavailable, ProcessFailed
 */
export async function startNode({ name, network, root, programs }: NodeOptions): Promise<ClusterNode> {
  const group = makeGroup(hierarchies());
  const folder = makeOwnFolder(undefined, 'node');
  for (const each of ['root', 'log', 'log/pods', 'log/containers', 'lib', 'cni', 'images'])
    mkdirSync(join(folder, each));
  for (const [file, text] of nodeFiles(network.node)) writeFileSync(join(folder, file), text);
  writeFileSync(
    join(folder, 'hierarchies'),
    hierarchies()
      .map(({ controllers }) => `${controllers}\n`)
      .join(''),
  );
  execFileSync('mkfifo', [join(folder, 'join')]);

  const init = join(import.meta.dirname, 'node-init.sh');
  const inner = [init, root, folder, dirname(programs.kubelet), name, network.node];
  let pid = '';
  const cleanUp = () => {
    group.remove();
    rmSync(folder, { recursive: true, force: true });
  };
  const running = await startProcess({
    name: `node ${name}`,
    command: {
      file: 'sh',
      args: ['-c', `${group.enter}\nexec "$@"`, 'enter', ...namespaces, 'sh', ...inner],
    },
    ready: {
      line: (line) => {
        pid = /^NODE (\d+)$/.exec(line)?.[1] ?? pid;
        return pid !== '';
      },
    },
  }).catch((error) => {
    cleanUp();
    throw error;
  });
  const command = (file: string, args: readonly string[]): Command => ({
    file: 'nsenter',
    // Its process namespace is closed to who runs in one of their own (real/enclosure.ts), and needed by nobody.
    args: ['--target', pid, '--mount', '--net', '--uts', '--ipc', file, ...args],
  });
  const stop = async () => {
    await running.kill();
    cleanUp();
  };
  try {
    connect(network, pid);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    process: running,
    folder,
    command,
    stop,
    onNetwork: ({ file, args }) => ({ file: 'nsenter', args: ['--target', pid, '--net', file, ...args] }),
    join(options) {
      const write = (file: string, text: string) => writeFileSync(join(folder, file), text, { mode: 0o600 });
      write('ca.crt', options.ca);
      write('kubelet.crt', options.serving.certificate);
      write('kubelet.key', options.serving.key);
      write('kubelet.kubeconfig', options.kubeletKubeconfig);
      write('kube-proxy.kubeconfig', options.proxyKubeconfig);
      writeFileSync(openSync(join(folder, 'join'), 'w'), 'go\n');
    },
    async tagImage(name, another) {
      const args = ['-a', containerdSocket, '-n', 'k8s.io', 'images', 'tag', name, another];
      const { ok, output } = await runToEnd(command('ctr', args));
      if (!ok) throw new Error(`${name} could not be named ${another}. The last lines of ctr:\n${output}`);
    },
    async importImages(files) {
      for (const file of files) {
        const args = ['-a', containerdSocket, '-n', 'k8s.io', 'images', 'import', '--local', '-'];
        const { file: nsenter, args: all } = command('ctr', args);
        const { ok, output } = await runToEnd({
          file: 'sh',
          args: ['-c', 'exec "$@" <"$0"', file, nsenter, ...all],
        });
        if (!ok) throw new Error(`${file} could not be imported. The last lines of ctr:\n${output}`);
      }
    },
  };
}

/** `--kill-child` of each: when this one is killed, the first process inside is, and with it everything. */
const namespaces = [
  'unshare',
  ...['--mount', '--net', '--uts', '--ipc', '--cgroup'],
  ...['--pid', '--fork', '--kill-child=KILL'],
] as const;

/** Lays the wire. This machine's end goes when the node's network does. */
function connect({ link, prefixLength, here, node, peers }: NodeNetwork, pid: string): void {
  const ip = (...args: readonly string[]) => execFileSync('ip', args, { stdio: 'pipe' });
  const inside = (...args: readonly string[]) =>
    execFileSync('nsenter', ['--target', pid, '--net', 'ip', ...args], { stdio: 'pipe' });
  try {
    ip('link', 'add', link, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', pid);
    for (const address of [here, ...peers]) ip('address', 'add', `${address}/${prefixLength}`, 'dev', link);
    ip('link', 'set', link, 'up');
    inside('address', 'add', `${node}/${prefixLength}`, 'dev', 'uplink');
    inside('link', 'set', 'uplink', 'up');
    inside('route', 'add', 'default', 'via', here);
  } catch (error) {
    throw new ClusterUnavailable(
      `A virtual Ethernet pair could not be made with ip(8): ${String(error)} Run this as root with CAP_NET_ADMIN on a kernel with veth.`,
    );
  }
}
