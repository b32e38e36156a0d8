import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseResources } from '@medlyssning/policy';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { letReport } from '@medlyssning/tools/control-plane/let-report.ts';
import { readManifests } from '@medlyssning/tools/control-plane/yaml-files.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { startOperatorProcess } from '../world/start-operator.ts';
import { startSidecarProcess } from '../world/start-sidecar.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const examples = ['acme', 'beta'].map((name) => join(root, 'examples', name));

/** The examples in a cluster, with the operator and one media node at work, each under its own ServiceAccount. */
export class KubectlWorld implements AsyncDisposable {
  readonly cluster: ControlPlane;
  readonly #workDir: string;
  readonly #running: readonly { stop(): Promise<unknown> }[];

  private constructor(
    cluster: ControlPlane,
    workDir: string,
    running: readonly { stop(): Promise<unknown> }[],
  ) {
    this.cluster = cluster;
    this.#workDir = workDir;
    this.#running = running;
  }

  static async start(): Promise<KubectlWorld> {
    const workDir = mkdtempSync(join(tmpdir(), 'medlyssning-kubectl-'));
    const cluster = await startControlPlane();
    await cluster.applyFiles(chartFiles);
    await letReport(cluster, 'media-1');
    await cluster.applyFiles([...examples, join(import.meta.dirname, 'per.yaml')]);
    await switchProfiles(cluster);
    const operator = await startOperatorProcess(cluster, workDir, 'operator-1');
    const node = await startNode(cluster, workDir);
    return new KubectlWorld(cluster, workDir, [...node, operator]);
  }

  /** Fulfilled when the media node enforces everything, and everybody has heard of it. */
  async settled(): Promise<void> {
    for (const engine of ['callEngine', 'listeningEngine'])
      await this.kubectl(['wait', `--for=jsonpath={.status.versions.${engine}}`, ...mediaNode]);
    await this.kubectl(['wait', '--for=condition=Enforced', 'companies', '--all', '-A', '--timeout=60s']);
    const alone = ['user/per', '-n', 'acme', '--timeout=60s'];
    await this.kubectl(['wait', '--for=jsonpath={.status.conditions[0].status}=False', ...alone]);
    await this.kubectl(['wait', '--for=create', 'events', ...ofPer, '--timeout=60s']);
  }

  /** What kubectl prints. */
  async kubectl(args: readonly string[]): Promise<string> {
    const { ok, output } = await this.cluster.kubectl(args);
    if (!ok) throw new Error(`kubectl ${args.join(' ')} failed: ${output}`);
    return output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const part of this.#running) await part.stop();
    await this.cluster.stop();
    rmSync(this.#workDir, { recursive: true });
  }
}

const mediaNode = ['medianode/media-1', '-n', 'medlyssning-system', '--timeout=60s'];
const ofPer = ['-n', 'acme', '--field-selector=involvedObject.name=per'];

/** The PBX says which profiles are active; `kubectl apply` leaves status alone. */
async function switchProfiles(cluster: ControlPlane): Promise<void> {
  const files = readManifests(examples).map((manifest, i) => ({
    file: `${i}`,
    text: JSON.stringify(manifest),
  }));
  for (const { resource } of parseResources(files).resources) {
    if (resource.kind !== 'User' || resource.status?.activeProfile === undefined) continue;
    const { namespace, name } = resource.metadata;
    await cluster.request({
      method: 'PATCH',
      path: `/apis/medlyssning.dev/v1alpha1/namespaces/${namespace}/users/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { activeProfile: resource.status.activeProfile } },
    });
  }
}

async function startNode(
  cluster: ControlPlane,
  workDir: string,
): Promise<readonly { stop(): Promise<unknown> }[]> {
  const parts = await ensureParts();
  const [hepPort, sipPort, metricsPort, pbxPort] = await Promise.all([1, 2, 3, 4].map(() => freePort()));
  if (hepPort === undefined || sipPort === undefined || metricsPort === undefined || pbxPort === undefined)
    throw new Error('There are no free ports.');
  const call = await startRtpengine({ parts, role: 'call', hep: { port: hepPort } });
  const listening = await startRtpengine({ parts, role: 'listening' });
  const account = { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' };
  const kubeconfig = await cluster.kubeconfigFor({ serviceAccount: account });
  const sidecar = await startSidecarProcess({
    node: 'media-1',
    workDir,
    policyDir: workDir,
    policy: { kubernetes: { kubeconfig } },
    callNg: call.ng.tcp,
    listeningNg: listening.ng.tcp,
    callUdp: call.ng.udp,
    listeningUdp: listening.ng.udp,
    hepPort,
    sipPort,
    metricsPort,
    pbxPort,
  });
  return [sidecar, listening, call];
}
