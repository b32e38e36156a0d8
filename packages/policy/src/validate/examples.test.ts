import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseResources } from './parse-resources.ts';

const examples = join(import.meta.dirname, '../../../../examples');

function readExample(company: string) {
  const folder = join(examples, company);
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return parseResources(files.map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') })));
}

describe('the examples', () => {
  it.each([
    ['acme', { Company: 1, Profile: 3, User: 12, Entitlement: 3 }],
    ['beta', { Company: 1, Profile: 2, User: 3, Entitlement: 2 }],
  ])('%s is valid as it stands', (company, counts) => {
    const { resources, problems } = readExample(company);
    expect(problems).toEqual([]);
    const kinds = Object.groupBy(resources, ({ resource }) => resource.kind);
    expect(Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind, all.length]))).toEqual(
      counts,
    );
    expect(new Set(resources.map(({ resource }) => resource.metadata.namespace))).toEqual(new Set([company]));
  });

  it('refer only to users, profiles and the company that exist', () => {
    for (const company of ['acme', 'beta']) {
      const all = readExample(company).resources.map(({ resource }) => resource);
      const names = new Set(all.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
      const asked = all.flatMap((resource) => {
        if (resource.kind === 'User') return resource.spec.profiles.map((name) => `Profile ${name}`);
        if (resource.kind === 'Entitlement') return (resource.spec.users ?? []).map((name) => `User ${name}`);
        return [];
      });
      expect(asked.filter((name) => !names.has(name))).toEqual([]);
    }
  });
});
