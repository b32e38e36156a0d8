import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from './build-package.ts';

/** The programs of the npm package, as npm would put them on PATH. */
export interface BuiltPrograms extends AsyncDisposable {
  readonly folder: string;
}

export const builtPrograms = async (): Promise<BuiltPrograms> => {
  const folder = await mkdtemp(join(tmpdir(), 'medlyssning-programs-'));
  const built = join(folder, 'package');
  await buildPackage(built);
  const { bin } = JSON.parse(await readFile(join(built, 'package.json'), 'utf8'));
  for (const [name, path] of Object.entries<string>(bin))
    await symlink(join(built, path), join(folder, name));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
};
