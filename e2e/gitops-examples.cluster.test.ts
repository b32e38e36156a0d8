import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { type Manifest, readManifests } from '@medlyssning/tools/control-plane/yaml-files.ts';
import { renderChart } from '@medlyssning/tools/helm/render-chart.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { saidAgainst } from './lib/charts/dry-run.ts';
import { objectIn } from './lib/charts/workloads.ts';

// examples/gitops, as far as it can be held against an API server without Argo CD and Flux.

const root = join(import.meta.dirname, '..');
const gitops = join(root, 'examples/gitops');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
  for (const name of ['acme', 'argocd'])
    await cluster.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name } } });
});
afterAll(() => cluster.stop());

test('Kustomize: every object of the company, its settings patched, and no status', async () => {
  const folder = join(gitops, 'kustomize');
  const { ok, output } = await cluster.kubectl([
    'kustomize',
    '--load-restrictor=LoadRestrictionsNone',
    folder,
  ]);
  expect(ok, output).toBe(true);
  const objects: readonly Manifest[] = parseAllDocuments(output).map((document) => document.toJS());
  expect(await saidAgainst(cluster, objects)).toEqual([]);
  const named = (all: readonly Manifest[]) =>
    all.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted();
  expect(named(objects)).toEqual(named(readManifests([join(root, 'examples/acme')])));
  expect(objectIn(objects, 'Company', 'acme')['spec']).toMatchObject({
    domains: ['acme.staging.example'],
    mediaPool: 'staging',
  });
  expect(objects.filter((object) => 'status' in object)).toEqual([]);
});

test('Argo CD: the ConfigMap has the script for each kind', async () => {
  const objects = readManifests([join(gitops, 'argocd/argocd-cm.yaml')]);
  expect(await saidAgainst(cluster, objects)).toEqual([]);
  const { data } = Object(objects[0]);
  expect(Object.keys(data)).toHaveLength(6);
  expect([...new Set(Object.values(data))]).toEqual([text('charts/medlyssning/files/argocd/health.lua')]);
});

test('Argo CD: the charts take the values of the Applications', async () => {
  const { path, helm } = sourceOf(text('examples/gitops/argocd/platform.yaml'));
  await rendersFor(path, helm.valuesObject);
  const tenant = sourceOf(text('examples/gitops/argocd/tenant.yaml'));
  const [valueFile] = tenant.helm.valueFiles;
  const [csv] = tenant.helm.fileParameters;
  await rendersFor(tenant.path, parse(text(join(tenant.path, valueFile))), [
    `--set-file=${csv.name}=${join(root, tenant.path, csv.path)}`,
  ]);
});

test('Flux: the charts take the values of the HelmReleases', async () => {
  const releases = ['platform', 'tenant']
    .flatMap((name) => parseAllDocuments(text(`examples/gitops/flux/${name}.yaml`)))
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === 'HelmRelease');
  expect(releases.map(({ metadata }) => metadata.name)).toEqual(['medlyssning', 'acme']);
  const [platform, tenant] = releases;
  await rendersFor(platform.spec.chart.spec.chart, platform.spec.values);
  const [values] = tenant.spec.chart.spec.valuesFiles;
  const [users] = tenant.spec.valuesFrom;
  expect(tenant.spec.dependsOn).toEqual([{ name: platform.metadata.name }]);
  await rendersFor(tenant.spec.chart.spec.chart, {
    ...parse(text(values)),
    [users.targetPath]: text('examples/tenant/acme-users.csv'),
  });
});

function sourceOf(application: string) {
  return parse(application).spec.source;
}

async function rendersFor(path: string, values: unknown, args: readonly string[] = []): Promise<void> {
  const rendered = await renderChart({ chart: path.replace('charts/', ''), values, args, namespace: 'acme' });
  expect(rendered.length).toBeGreaterThan(5);
}
