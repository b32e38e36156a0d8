import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Company, parseResources, type Resource, type User } from '@medlyssning/policy';

/** What the PBX needs to know of the companies that the examples describe. */
export interface Tenants {
  readonly companies: readonly Company[];
  readonly users: readonly User[];
}

const examples = join(import.meta.dirname, '..', '..', '..', 'examples');

/** Copies the examples of both companies to a folder that a test may edit. */
export const copyExamples = async (to: string): Promise<void> => {
  for (const company of ['acme', 'beta'])
    await cp(join(examples, company), join(to, company), { recursive: true });
};

const isKind =
  <Kind extends Resource['kind']>(kind: Kind) =>
  (resource: Resource): resource is Extract<Resource, { kind: Kind }> =>
    resource.kind === kind;

/** Reads the companies and users of a folder of YAML. */
export const readTenants = async (folder: string): Promise<Tenants> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort();
  const files = await Promise.all(
    names.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })),
  );
  const resources = parseResources(files).resources.map((located) => located.resource);
  return { companies: resources.filter(isKind('Company')), users: resources.filter(isKind('User')) };
};
