import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCompilerOfAll, type ForkPolicy, parseResources, type Resource } from '@medlyssning/policy';

const folder = join(import.meta.dirname, '..', '..', '..', 'examples', 'acme');

/** Cilla's right, which was there when the policy was compiled and is gone since. */
const gone = `apiVersion: medlyssning.dev/v1alpha1
kind: Entitlement
metadata: { name: gone, namespace: acme }
spec: { companyRef: { name: acme }, right: Medlyssning, users: [cilla] }
`;

/**
 * Acme's policy as the operator left it: of the examples, but with a right that was taken away since (Cilla's), and without one that
 * was given since (Karin's). So each of the two policies that guard holders is seen on its own.
 */
export function policyInForce(): ForkPolicy {
  const files = readdirSync(folder).map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
  const { resources } = parseResources([...files, { file: 'gone.yaml', text: gone }]);
  const { policies } = createCompilerOfAll()(
    resources.map(({ resource }) => beforeKarin(resource)),
    new Date('2026-03-01T12:00:00Z'),
  );
  const [policy] = policies;
  if (policy === undefined || policies.length > 1) throw new Error('The examples fill one shard.');
  return policy;
}

function beforeKarin(resource: Resource): Resource {
  if (resource.kind !== 'Entitlement' || resource.spec.right === undefined) return resource;
  const users = (resource.spec.users ?? []).filter((name) => name !== 'karin');
  return { ...resource, spec: { ...resource.spec, users } };
}
