import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const readme = join(import.meta.dirname, '..', '..', '..', 'README.md');

/** The lines of README by which one installs platform and tenant, in their order. */
export const readmeHelmLines = async (): Promise<readonly string[]> => {
  const lines = (await readFile(readme, 'utf8')).split('\n').map((line) => line.trim());
  const found = lines.filter((line) => line.startsWith('helm install '));
  if (found.length !== 2) throw new Error(`README has ${found.length} lines of helm install, not two.`);
  return found;
};
