import { join } from 'node:path';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { type RunningProcess, startProcess } from '@medlyssning/tools/real/process.ts';

const main = join(import.meta.dirname, '..', '..', '..', 'operator', 'main.ts');

/** How long the first list of everything may take where there are very many, ms. */
const readyWithinMs = 120_000;

export interface OperatorPlace {
  /** More of the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its metrics are; a free port where nothing is said. */
  readonly port?: number;
}

/** Starts the real operator as a process of its own, under its own ServiceAccount, and waits until it is ready. */
export const startOperatorProcess = async (
  cluster: ControlPlane,
  workDir: string,
  identity = 'operator',
  { env = {}, port = 0 }: OperatorPlace = {},
): Promise<RunningProcess> => {
  const serviceAccount = { namespace: 'medlyssning-system', name: 'medlyssning-operator' };
  const kubeconfig = await cluster.kubeconfigFor({ serviceAccount });
  const metrics = port === 0 ? await freePort() : port;
  const flags = ['--kubeconfig', kubeconfig, '--metrics', `127.0.0.1:${metrics}`, '--identity', identity];
  return startProcess({
    name: 'operator',
    env,
    command: { file: process.execPath, args: [main, ...flags] },
    ready: {
      probe: () =>
        fetch(`http://127.0.0.1:${metrics}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        ),
    },
    readyWithinMs,
    logFile: join(workDir, 'operator.log'),
  });
};
