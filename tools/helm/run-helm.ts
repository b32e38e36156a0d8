import { type Outcome, runToEnd } from '../real/run-to-end.ts';
import { ensureHelm, type HelmMajor } from './ensure-helm.ts';

/**
 * Runs Helm against a cluster, in the folder of the project.
 * @throws HelmUnavailable
 */
export async function runHelm(
  args: readonly string[],
  kubeconfig: string,
  major: HelmMajor = 4,
): Promise<Outcome> {
  const root = new URL('../..', import.meta.url).pathname;
  const file = await ensureHelm(major);
  return runToEnd({ file, args: [...args, `--kubeconfig=${kubeconfig}`] }, { cwd: root, keepLines: 1_000 });
}
