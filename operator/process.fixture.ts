import { join } from 'node:path';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { type RunningProcess, startProcess } from '@medlyssning/tools/real/process.ts';
import { operatorAccount } from './cluster.fixture.ts';

/** An operator as it is run: a process of its own, under the ServiceAccount of the chart. */
export const startOperatorProcess = async (
  cluster: ControlPlane,
  identity: string,
): Promise<RunningProcess> => {
  const kubeconfig = await cluster.kubeconfigFor({ serviceAccount: operatorAccount });
  const flags = { kubeconfig, identity, metrics: '127.0.0.1:0', 'log-level': 'info' };
  return startProcess({
    name: identity,
    command: {
      file: process.execPath,
      args: [
        join(import.meta.dirname, 'main.ts'),
        ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      ],
    },
    ready: { line: (line) => line.includes('"msg":"watching"') },
  });
};
