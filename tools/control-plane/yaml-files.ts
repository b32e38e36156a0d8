import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** What every Kubernetes object has. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The Kubernetes objects in YAML files, and in the `.yaml` files of folders, in the order of their names. */
export function readManifests(paths: readonly string[]): readonly Manifest[] {
  return paths.flatMap(filesAt).flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document): Manifest[] => {
      const value: unknown = document.toJS();
      if (value === null) return [];
      if (document.errors.length > 0 || !isManifest(value))
        throw new Error(
          `${file} holds something that is no Kubernetes object. Name the files to apply one by one.`,
        );
      return [value];
    }),
  );
}

function filesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return entries
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(path, name));
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  const { apiVersion, kind, metadata } = Object.fromEntries(Object.entries(value));
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false;
  return typeof metadata === 'object' && metadata !== null && 'name' in metadata;
}
