import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demandGo } from '../control-plane/go-toolchain.ts';
import { cacheFolder } from '../real/cache-folder.ts';
import { holdLock } from '../real/lock.ts';
import { PartsUnavailable } from '../real/parts-unavailable.ts';
import { runToEnd } from '../real/run-to-end.ts';

const module = join(import.meta.dirname, 'module');

/**
 * Builds the OpenTelemetry Collector of `module/` unless it is there, some three minutes on two cores with an empty build cache of Go.
 * @returns the program
 * @throws ControlPlaneUnavailable where there is no Go, PartsUnavailable where it cannot be built
 */
export const buildCollector = async (onProgress: (line: string) => void = () => {}): Promise<string> => {
  const id = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) id.update(readFileSync(join(module, file)));
  const folder = join(cacheFolder(), 'collector', `${process.arch}-${id.digest('hex').slice(0, 12)}`);
  const program = join(folder, 'collector');
  if (existsSync(program)) return program;
  demandGo(module);
  using _lock = await holdLock(`${folder}.lock`, () => onProgress('waiting for another run that builds it'));
  if (existsSync(program)) return program;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const build = ['go', 'build', '-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags=-s -w'];
  const args = ['CGO_ENABLED=0', 'GOFLAGS=', 'nice', ...build, '-o', join(partial, 'collector'), '.'];
  const { ok, output } = await runToEnd({ file: 'env', args }, { cwd: module });
  if (!ok)
    throw new PartsUnavailable(
      `The OpenTelemetry Collector could not be built. Check that \`go env GOPROXY\` is reached, and try again. The last lines:\n${output}`,
    );
  await rename(partial, folder);
  return program;
};
