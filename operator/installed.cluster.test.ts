import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { examples, type Hands, hands, startOperatorHere } from './cluster.fixture.ts';
import type { Operator } from './operator.ts';

const root = join(import.meta.dirname, '..');
const crd = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/medianodes.medlyssning.dev';
let cluster: ControlPlane;
let operator: Operator;
let at: Hands;

beforeAll(async () => {
  cluster = await startControlPlane();
  at = hands(cluster);
  await cluster.applyFiles([join(root, 'charts/medlyssning/files/roles'), ...examples]);
  await cluster.request({ method: 'DELETE', path: crd });
  operator = await startOperatorHere(cluster);
});
afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

const get = async (path: string): Promise<string> => {
  const answer = await fetch(`http://127.0.0.1:${operator.port}${path}`);
  return `${answer.status} ${await answer.text()}`;
};
const guarded = async () =>
  (await at.get('Company', 'acme', 'acme')).status?.conditions?.find(({ type }) => type === 'Guarded')
    ?.reason;

test('without one of its CRDs the operator lives, is not ready and says why', async () => {
  await expect.poll(() => get('/readyz'), { timeout: 20_000 }).toMatch(/^503 .*CRD of MediaNode/);
  expect(await get('/healthz')).toMatch(/^200/);
  expect(await get('/metrics')).toMatch(/medlyssning_installed\{what="MediaNode"\} 0/);
});

test('when the CRD is there it goes to work, and tells that nothing guards rights', async () => {
  await cluster.applyFiles([join(root, 'crds/media-node.yaml')]);
  await expect.poll(() => get('/readyz'), { timeout: 50_000 }).toMatch(/^200/);
  await expect.poll(guarded, { timeout: 30_000 }).toBe('AdmissionMissing');
});

test('when the admission policies are there it says so', async () => {
  await cluster.applyFiles([join(root, 'charts/medlyssning/files/admission')]);
  await expect.poll(guarded, { timeout: 20_000 }).toBe('Installed');
  expect(await get('/metrics')).toMatch(/medlyssning_installed\{what="medlyssning-rights"\} 1/);
});
