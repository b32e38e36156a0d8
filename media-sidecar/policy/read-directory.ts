import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A YAML file of the policy directory; `file` is relative to it. */
export interface PolicyFile {
  readonly file: string;
  readonly text: string;
}

/** A mounted ConfigMap shows each file as a link, and keeps the generations it swaps in folders such as `..2026_11_23`. */
const isKubeletsOwn = (path: string): boolean => path.split('/').some((part) => part.startsWith('..'));

/** Reads every .yaml and .yml below the directory, in a stable order. Rejects where it cannot be read whole. */
export const readDirectory = async (directory: string): Promise<readonly PolicyFile[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && /\.ya?ml$/.test(entry.name))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((file) => !isKubeletsOwn(file))
    .sort();
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(join(directory, file), 'utf8') })),
  );
};
