import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeCluster, acmeCluster, as, rbac } from '../acme-cluster.fixture.ts';

let cluster: AcmeCluster;
beforeAll(async () => {
  cluster = await acmeCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

describe('what the caller may not read gives no verdict', () => {
  const question = ['explain', '--listener', 'karin', '--target', 'anna'];
  const refused = async (run: ReturnType<typeof as>, said: RegExp) => {
    const { code, stdout, stderr } = await run;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(said);
  };

  it('one who reads people but not entitlements', async () => {
    await cluster.post(`${rbac}/namespaces/acme/roles`, {
      metadata: { name: 'half' },
      rules: [
        {
          apiGroups: ['medlyssning.dev'],
          resources: ['companies', 'profiles', 'users', 'forkpolicies'],
          verbs: ['list'],
        },
      ],
    });
    const half = await cluster.personWith('hans', 'half', 'Role');
    const said = /^error: You may not read entitlements in namespace acme, .*medlyssning-viewer/;
    await refused(as(half, ...question), said);
    await refused(as(half, ...question, '-o', 'json'), said);
    await refused(as(half, 'who-can-listen', 'anna'), said);
  });

  it('one of another company, of which it learns nothing', async () => {
    const said = /^error: You may not read companies in namespace beta/;
    await refused(as(cluster.viewer, 'explain', '--listener', 'karin', '--target', 'beta/maja'), said);
    await refused(as(cluster.viewer, 'explain', '--listener', 'karin', '--target', 'beta/nobody'), said);
  });

  it('a stranger, and a cluster that is not there', async () => {
    const stranger = await cluster.plane.kubeconfigFor({ user: 'stranger' });
    await refused(as(stranger, ...question), /You may not read companies in namespace acme/);
    const folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
    const file = join(folder, 'gone');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'gone',
        clusters: [{ name: 'gone', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'gone', user: {} }],
        contexts: [{ name: 'gone', context: { cluster: 'gone', user: 'gone' } }],
      }),
    );
    await refused(as(file, ...question), /^error: The cluster gave no answer: .*--filename/);
    rmSync(folder, { recursive: true });
  });

  it('one who names a context that is not there', async () => {
    const { code, stderr } = await as(cluster.viewer, ...question, '--context', 'prod');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: The kubeconfig has no context prod. It has: tests.\n',
    });
  });
});
