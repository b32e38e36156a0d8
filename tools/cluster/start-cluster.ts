import { readFileSync } from 'node:fs';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { kubeconfig } from '../control-plane/kubeconfig.ts';
import { ensureNodePrograms, type NodeBinaries } from '../control-plane/kubernetes-binaries.ts';
import { whyNoDebianRoot } from '../real/debian-root.ts';
import { freePort } from '../real/ports.ts';
import { hierarchies } from './cgroups.ts';
import type { Cluster } from './cluster.ts';
import { startClusterDns } from './cluster-dns.ts';
import { ClusterUnavailable } from './cluster-unavailable.ts';
import { type NodeNetwork, nodeNetwork } from './node-network.ts';
import { ensureNodeRoot } from './node-root.ts';
import { writePauseImage } from './pause-image.ts';
import { type ClusterNode, startNode } from './start-node.ts';

/** A cluster whose control plane and node are both of this machine's making. */
export interface OwnCluster extends Cluster {
  readonly controlPlane: ControlPlane;
  readonly node: ClusterNode;
}

const nodeName = 'node-1';
const readyWithinMs = 90_000;

/** What a node is made of. */
export interface ClusterParts {
  /** The file system that it sees. */
  readonly root: string;
  readonly programs: NodeBinaries;
}

/**
 * Brings what a node is made of, once.
 * @throws PartsUnavailable, ControlPlaneUnavailable, ClusterUnavailable where this machine allows no node
 */
export async function ensureClusterParts(onProgress: (line: string) => void): Promise<ClusterParts> {
  const obstacle = whyNoDebianRoot();
  if (obstacle !== undefined) throw new ClusterUnavailable(`A node cannot be started here: ${obstacle}.`);
  hierarchies();
  return { root: await ensureNodeRoot(onProgress), programs: await ensureNodePrograms(onProgress) };
}

/**
 * Starts a control plane and a node, both of their own, and waits until pods can run.
 * @param onProgress is told each step, and what goes on when parts have to be installed or built first
 * @throws PartsUnavailable, ControlPlaneUnavailable, ClusterUnavailable, ProcessFailed
 */
export async function startCluster(
  onProgress: (line: string) => void = () => undefined,
): Promise<OwnCluster> {
  const { root, programs } = await ensureClusterParts(onProgress);
  const network = nodeNetwork(await freePort());
  const node = await startNode({ name: nodeName, network, root, programs });
  let controlPlane: ControlPlane | undefined;
  let dns: { close(): void } | undefined;
  const stop = async () => {
    dns?.close();
    await controlPlane?.stop();
    await node.stop();
  };
  try {
    const importing = node.importImages([await writePauseImage(root, node.folder)]);
    controlPlane = await startControlPlane(onProgress, {
      address: network.here,
      scheduler: programs['kube-scheduler'],
    });
    dns = await startClusterDns(controlPlane, network.here);
    await importing;
    await join(controlPlane, node, network);
    await ready(controlPlane, node);
    const { kubectl, adminKubeconfig } = controlPlane;
    const { importImages, tagImage, onNetwork } = node;
    return {
      ...{ controlPlane, network, node, nodeName, kubectl, adminKubeconfig },
      ...{ importImages, tagImage, onNetwork, stop },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function join(
  { server, authority, caFile }: ControlPlane,
  node: ClusterNode,
  network: NodeNetwork,
): Promise<void> {
  const ca = readFileSync(caFile, 'utf8');
  const login = async (user: string, groups: readonly string[]) =>
    kubeconfig(server, ca, await authority.client(user, groups));
  node.join({
    ca,
    serving: await authority.server(nodeName, { ips: [network.node], names: [nodeName] }),
    kubeletKubeconfig: await login(`system:node:${nodeName}`, ['system:nodes']),
    proxyKubeconfig: await login('system:kube-proxy', []),
  });
}

/** Waits for a node that is ready, and for the ServiceAccount without which no pod is taken. */
async function ready({ request }: ControlPlane, { process }: ClusterNode): Promise<void> {
  const until = performance.now() + readyWithinMs;
  let ended = false;
  process.exited.then(() => {
    ended = true;
  });
  for (;;) {
    const node = await request({ method: 'GET', path: `/api/v1/nodes/${nodeName}` });
    const account = await request({
      method: 'GET',
      path: '/api/v1/namespaces/default/serviceaccounts/default',
    });
    if (isReady(node.body) && account.status === 200) return;
    if (ended || performance.now() > until) {
      const what = ended ? 'ended before it was ready' : `was not ready within ${readyWithinMs / 1000} s`;
      throw new ClusterUnavailable(`The node ${what}. What it said last:\n${process.output()}`);
    }
    await new Promise((later) => setTimeout(later, 100));
  }
}

interface WithConditions {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

function isReady(node: unknown): boolean {
  const { conditions = [] } = (node as WithConditions).status ?? {};
  return conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
