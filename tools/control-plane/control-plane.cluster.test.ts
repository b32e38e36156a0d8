import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AdminRequest } from './admin-client.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';

const examples = ['acme', 'beta'].map((name) => join(import.meta.dirname, '..', '..', 'examples', name));
const core = '/api/v1/namespaces/default';
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
});
afterAll(() => cluster.stop());

test('the examples are taken, and read by kubectl', async () => {
  expect(await cluster.applyFiles(examples)).toEqual([]);
  const { ok, output } = await cluster.kubectl(['get', 'companies', '-A', '-o', 'name']);
  expect(ok).toBe(true);
  expect(output.split('\n')).toEqual(['company.medlyssning.dev/acme', 'company.medlyssning.dev/beta']);
});

test('an object of an unknown kind is told by name', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'medlyssning-test-')), 'x.yaml');
  writeFileSync(file, 'apiVersion: medlyssning.dev/v1\nkind: Telephone\nmetadata: { name: x }\n');
  await expect(cluster.applyFiles([file])).rejects.toThrow(
    /Telephone x could not be applied: .* no kind Telephone/,
  );
});

test('what an object owns goes with it, also objects of our kinds', async () => {
  await cluster.applyFiles(examples);
  const company = await got('/apis/medlyssning.dev/v1alpha1/namespaces/acme/companies/acme');
  const owner = {
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'Company',
    name: 'acme',
    uid: company.metadata.uid,
  };
  const profiles = '/apis/medlyssning.dev/v1alpha1/namespaces/acme/profiles';
  const owned = {
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'Profile',
    metadata: { name: 'owned', ownerReferences: [owner] },
    spec: { companyRef: { name: 'acme' }, displayName: 'Owned' },
  };
  expect((await cluster.request({ method: 'POST', path: profiles, body: owned })).status).toBe(201);
  await cluster.request({
    method: 'DELETE',
    path: '/apis/medlyssning.dev/v1alpha1/namespaces/acme/companies/acme',
  });
  await expect
    .poll(() => status({ method: 'GET', path: `${profiles}/owned` }), { timeout: 30_000 })
    .toBe(404);
  expect(await status({ method: 'GET', path: `${profiles}/inne` })).toBe(200);
});

test('people and ServiceAccounts have the rights that RBAC gives them', async () => {
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot' } };
  await cluster.request({ method: 'POST', path: `${core}/serviceaccounts`, body: account });
  const robot = await cluster.kubeconfigFor({ serviceAccount: { namespace: 'default', name: 'robot' } });
  const viewer = await cluster.kubeconfigFor({ user: 'vera', groups: ['viewers'] });
  for (const args of [
    ['binding', '--clusterrole=view', '--group=viewers'],
    ['binding-2', '--clusterrole=view', '--serviceaccount=default:robot'],
  ])
    expect(await cluster.kubectl(['create', 'rolebinding', ...args])).toMatchObject({ ok: true });
  for (const kubeconfig of [robot, viewer]) {
    expect(await cluster.kubectl(['get', 'configmaps'], kubeconfig)).toMatchObject({ ok: true });
    const refused = await cluster.kubectl(['create', 'configmap', 'x'], kubeconfig);
    expect(refused.output).toMatch(
      /forbidden: User "(vera|system:serviceaccount:default:robot)" cannot create/,
    );
  }
  await expect(
    cluster.kubeconfigFor({ serviceAccount: { namespace: 'default', name: 'nobody' } }),
  ).rejects.toThrow('There is no token for the ServiceAccount default/nobody (404)');
});

test('the audit log tells who wrote what', async () => {
  const editor = await cluster.kubeconfigFor({ user: 'edit', groups: ['system:masters'] });
  await cluster.kubectl(['create', 'configmap', 'written', '--field-manager=pen'], editor);
  const event = cluster.auditEvents().find(({ objectRef }) => objectRef?.name === 'written');
  expect(event).toMatchObject({ verb: 'create', user: { username: 'edit' }, responseStatus: { code: 201 } });
  expect(event?.requestURI).toContain('fieldManager=pen');
});

test('a killed API server stands again on the same port with the same data', async () => {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kept' } };
  await cluster.request({ method: 'POST', path: `${core}/configmaps`, body: map });
  const { apiServerPid } = cluster;
  await cluster.killApiServer();
  await expect(cluster.request({ method: 'GET', path: '/readyz' })).rejects.toThrow();
  await cluster.startApiServer();
  expect(cluster.apiServerPid).not.toBe(apiServerPid);
  expect(await status({ method: 'GET', path: `${core}/configmaps/kept` })).toBe(200);
});

test('two control planes do not see each other, and one ends with its parent', async () => {
  const module = JSON.stringify(join(import.meta.dirname, 'control-plane.ts'));
  const script = `
    const { startControlPlane } = await import(${module});
    const other = await startControlPlane();
    console.log(JSON.stringify([other.server, other.caFile, other.apiServerPid]));
    setInterval(() => undefined, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(parent.stdout.setEncoding('utf8'), 'data');
  const [server, caFile, pid]: [string, string, number] = JSON.parse(line);
  expect(server).not.toBe(cluster.server);
  expect(dirname(caFile)).not.toBe(dirname(cluster.caFile));
  expect(existsSync(`/proc/${pid}`)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000 }).toBe(false);
  rmSync(dirname(caFile), { recursive: true });
  expect(await status({ method: 'GET', path: '/readyz' })).toBe(200);
});

async function status(request: AdminRequest): Promise<number> {
  return (await cluster.request(request)).status;
}

async function got(path: string): Promise<{ readonly metadata: { readonly uid: string } }> {
  return (await cluster.request({ method: 'GET', path })).body as {
    readonly metadata: { readonly uid: string };
  };
}
