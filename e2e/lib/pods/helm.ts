import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureHelm } from '@medlyssning/tools/helm/ensure-helm.ts';
import { runToEnd } from '@medlyssning/tools/real/run-to-end.ts';

/**
 * Runs Helm with values of its own.
 * @returns what it printed
 */
export const helm = async (
  kubeconfig: string,
  args: readonly string[],
  values: object = {},
): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-helm-'));
  const file = join(folder, 'values.json');
  await writeFile(file, JSON.stringify(values));
  const withValues = args[0] === 'install' || args[0] === 'upgrade' ? ['--values', file] : [];
  const { ok, output } = await runToEnd({
    file: 'env',
    args: [
      `KUBECONFIG=${kubeconfig}`,
      `HELM_CACHE_HOME=${folder}`,
      await ensureHelm(),
      ...args,
      ...withValues,
    ],
  });
  await rm(folder, { recursive: true });
  if (!ok) throw new Error(`helm ${args.join(' ')} failed:\n${output}`);
  return output;
};

/** Runs a line that begins with `helm` as somebody types it in the project's folder. */
export const helmLine = async (kubeconfig: string, line: string): Promise<void> => {
  // the program may have another name here
  const script = `helm() { command "$0" "$@"; }\n${line}`;
  const { ok, output } = await runToEnd(
    { file: 'env', args: [`KUBECONFIG=${kubeconfig}`, 'sh', '-c', script, await ensureHelm()] },
    { cwd: join(import.meta.dirname, '..', '..', '..') },
  );
  if (!ok) throw new Error(`${line} failed:\n${output}`);
};
