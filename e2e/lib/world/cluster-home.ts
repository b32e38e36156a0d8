import { readDirectory } from '@medlyssning/media-sidecar/policy/read-directory.ts';
import { createCompilerOfAll, parseResources } from '@medlyssning/policy';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { letReport } from '@medlyssning/tools/control-plane/let-report.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { ClusterYaml } from './cluster-yaml.ts';
import type { PolicyHome } from './policy-home.ts';
import { startOperatorProcess } from './start-operator.ts';

const system = 'medlyssning-system';
const compiledWithinMs = 10_000;

export interface ClusterHome extends PolicyHome {
  readonly cluster: ControlPlane;
  /** Where the operator's metrics are. */
  readonly operatorPort: number;
  /** Applies the folder as it stands, whether or not anybody compiles it. */
  apply(): Promise<void>;
  /** SIGKILL. */
  killOperator(): Promise<void>;
  startOperator(): Promise<void>;
}

/** The cluster that a world has its policy from. @throws where it has it from a directory */
export const clusterOf = ({ policy }: { readonly policy: PolicyHome | ClusterHome }): ClusterHome => {
  if ('cluster' in policy) return policy;
  throw new Error('This world has no cluster; run it in the project e2e-cluster.');
};

/**
 * The folder is applied to a real API server, the real operator compiles it, and the sidecar watches what comes out,
 * each under its own ServiceAccount and the roles and admission policies of the chart.
 */
export const startClusterHome = async (
  policyDir: string,
  options: {
    readonly workDir: string;
    readonly node: string;
    readonly env: Readonly<Record<string, string>>;
    readonly onProgress: (line: string) => void;
  },
): Promise<ClusterHome> => {
  const { workDir, node, env, onProgress } = options;
  onProgress('Starting a control plane of Kubernetes …');
  const cluster = await startControlPlane(onProgress);
  await cluster.applyFiles(chartFiles);
  await letReport(cluster, node);
  onProgress('Starting the operator …');
  const operatorPort = await freePort();
  const start = () => startOperatorProcess(cluster, workDir, 'operator', { env, port: operatorPort });
  let operator = await start();
  const yaml = new ClusterYaml(cluster, policyDir);

  const publish = async (): Promise<void> => {
    await yaml.apply();
    const wanted = await compiled(policyDir);
    const until = performance.now() + compiledWithinMs;
    for (;;) {
      const written = await revisionsIn(cluster);
      if (written.join() === wanted.join()) return;
      if (performance.now() > until)
        throw new Error(
          `The operator did not compile what the folder says: ${written} instead of ${wanted}.`,
        );
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  await publish();
  return {
    cluster,
    operatorPort,
    config: {
      kubernetes: {
        pool: 'default',
        namespace: system,
        kubeconfig: await cluster.kubeconfigFor({
          serviceAccount: { namespace: system, name: 'medlyssning-sidecar' },
        }),
      },
    },
    publish,
    apply: () => yaml.apply(),
    killOperator: async () => {
      await operator.kill();
    },
    startOperator: async () => {
      operator = await start();
    },
    lose: async () => {
      await cluster.killApiServer();
      return { policyDir, find: () => cluster.startApiServer() };
    },
    stop: async () => {
      await operator.stop();
      await cluster.stop();
    },
  };
};

/** `namespace/name revision` of each policy that the directory source would make of the folder. */
const compiled = async (policyDir: string): Promise<readonly string[]> => {
  const { resources } = parseResources(await readDirectory(policyDir));
  const objects = resources.map(({ resource }) => resource);
  return describe(createCompilerOfAll()(objects, new Date()).policies);
};

interface Written {
  readonly metadata: { readonly namespace: string; readonly name: string };
  readonly spec: { readonly revision: string };
}

const revisionsIn = async (cluster: ControlPlane): Promise<readonly string[]> => {
  const path = '/apis/medlyssning.dev/v1alpha1/forkpolicies';
  const { body } = await cluster.request({ method: 'GET', path });
  return describe((body as { readonly items: readonly Written[] }).items);
};

const describe = (policies: readonly Written[]): readonly string[] =>
  policies.map(({ metadata, spec }) => `${metadata.namespace}/${metadata.name} ${spec.revision}`).toSorted();
