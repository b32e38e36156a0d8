import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { type Manifest, readManifests } from '@medlyssning/tools/control-plane/yaml-files.ts';
import { renderChart, renderText } from '@medlyssning/tools/helm/render-chart.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { saidAgainst } from './lib/charts/dry-run.ts';
import { tenantCases, wrongTenantValues } from './lib/charts/tenant-cases.ts';

// What charts/medlyssning-tenant renders, held against a real API server.

const chart = 'medlyssning-tenant';
const namespace = 'acme';
const examples = join(import.meta.dirname, '..', 'examples');
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
  for (const name of ['acme', 'beta'])
    await cluster.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name } } });
});
afterAll(() => cluster.stop());

describe.each(Object.entries(tenantCases))('%s', (_, values) => {
  test('the API server takes every object, and warns of none', async () => {
    expect(await saidAgainst(cluster, await renderChart({ chart, values, namespace }))).toEqual([]);
  });

  test('Helm 3 and Helm 4 render the same', async () => {
    const by = (helm: 3 | 4) => renderText({ chart, values, namespace, helm });
    expect(await by(3)).toBe(await by(4));
  });
});

test.each(wrongTenantValues)('%s: refused, and the value named', async (_, values, message) => {
  for (const helm of [3, 4] as const)
    await expect(renderChart({ chart, values, namespace, helm })).rejects.toThrow(message);
});

test.each(['acme', 'beta'])('the values of %s render what its YAML says', async (company) => {
  const values = parse(readFileSync(join(examples, 'tenant', `${company}.yaml`), 'utf8'));
  const csv = company === 'acme' ? [`--set-file=usersCsv=${join(examples, 'tenant/acme-users.csv')}`] : [];
  const rendered = await renderChart({ chart, values, namespace: company, release: company, args: csv });
  expect(await saidAgainst(cluster, rendered)).toEqual([]);
  const ours = rendered.filter(({ apiVersion }) => apiVersion.startsWith('medlyssning.dev/'));
  expect(meaning(ours)).toEqual(meaning(readManifests([join(examples, company)])));
});

/** Specs by kind and name, without what stands for itself: the default pool, `false`, and the order of devices and users. */
function meaning(objects: readonly Manifest[]): Readonly<Record<string, unknown>> {
  const entries = objects.map((object) => {
    const { spec } = Object(object);
    const { mediaPool = 'default', allowListening = false, devices = [], users = [], ...rest } = spec;
    const sorted = { devices: devices.toSorted(byName), users: users.toSorted() };
    return [
      `${object.kind} ${object.metadata.name}`,
      { mediaPool, allowListening, ...sorted, ...rest },
    ] as const;
  });
  return Object.fromEntries(entries);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}
