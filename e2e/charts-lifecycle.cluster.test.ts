import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { runHelm } from '@medlyssning/tools/helm/run-helm.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Install, upgrade and uninstall by Helm 3 and Helm 4 on a real API server, without pods.

const root = join(import.meta.dirname, '..');
const home = 'medlyssning-system';
const tenant = ['-f', 'examples/tenant/acme.yaml', '--set-file=usersCsv=examples/tenant/acme-users.csv'];

test.each([3, 4] as const)('Helm %i finds nothing to say against the charts', async (major) => {
  for (const args of [['charts/medlyssning'], ['charts/medlyssning-tenant', ...tenant]]) {
    const { ok, output } = await runHelm(['lint', '--strict', '--quiet', ...args], '/dev/null', major);
    expect(output).toBe('');
    expect(ok).toBe(true);
  }
});

describe.each([3, 4] as const)('by Helm %i', (major) => {
  let cluster: ControlPlane;
  let newer: string;
  const helm = async (...args: readonly string[]) => {
    const { ok, output } = await runHelm(args, cluster.adminKubeconfig, major);
    expect(ok, output).toBe(true);
    return output;
  };
  const get = async (...args: readonly string[]) =>
    (await cluster.kubectl(['get', '-o', 'name', ...args])).output;

  beforeAll(async () => {
    cluster = await startControlPlane();
    // The control plane serves definitions from the start; here they are to be the chart's.
    await cluster.kubectl(['delete', 'crd', '--all', '--wait']);
    newer = mkdtempSync(join(tmpdir(), 'medlyssning-newer-'));
    cpSync(join(root, 'charts/medlyssning'), newer, { recursive: true });
    const definition = join(newer, 'files/crds/company.yaml');
    writeFileSync(
      definition,
      readFileSync(definition, 'utf8').replace('shortNames: [co]', 'shortNames: [co, coy]'),
    );
  });
  afterAll(async () => {
    rmSync(newer, { recursive: true });
    await cluster.stop();
  });

  test('the platform is installed with its definitions, and a tenant after it', async () => {
    await helm('install', 'medlyssning', 'charts/medlyssning', '-n', home, '--create-namespace');
    expect(await get('crd')).toMatch(/^(\S+\.medlyssning\.dev\n?){6}$/);
    await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all']);
    await helm('install', 'acme', 'charts/medlyssning-tenant', '-n', 'acme', '--create-namespace', ...tenant);
    expect((await get('users', '-n', 'acme')).split('\n')).toHaveLength(12);
  });

  test('a newer chart changes the definitions, and leaves the company as it is', async () => {
    const before = await generation();
    await helm('upgrade', 'medlyssning', newer, '-n', home);
    const { output } = await cluster.kubectl([
      'get',
      'crd',
      'companies.medlyssning.dev',
      '-o',
      'jsonpath={.spec.names.shortNames}',
    ]);
    expect(output).toBe('["co","coy"]');
    expect(await generation()).toBe(before);
  });

  test('an upgrade by values makes a media node, and rollback takes it away', async () => {
    const media = [
      '--set=media.form=complete',
      '--set=media.sip.trustedPeers={10.0.0.5/32}',
      '--set=media.sip.outboundProxy=sip:10.0.0.5:5062',
    ];
    await helm('upgrade', 'medlyssning', newer, '-n', home, '--reuse-values', ...media);
    expect(await get('statefulsets', '-n', home)).toBe('statefulset.apps/medlyssning-media');
    await helm('rollback', 'medlyssning', '-n', home);
    expect(await get('statefulsets', '-n', home)).toBe('');
  });

  test('uninstalled, definitions, company and admission policies are left, and it can be installed again', async () => {
    const kept = ['crd,validatingadmissionpolicies,validatingadmissionpolicybindings,companies', '-A'];
    const before = await get(...kept);
    await helm('uninstall', 'medlyssning', '-n', home);
    expect(await get(...kept)).toBe(before);
    expect(
      await get('deployments,serviceaccounts', '-n', home, '-l', 'app.kubernetes.io/part-of=medlyssning'),
    ).toBe('');
    await helm('install', 'medlyssning', 'charts/medlyssning', '-n', home);
    expect(await get('companies', '-n', 'acme')).toBe('company.medlyssning.dev/acme');
  });

  async function generation(): Promise<string> {
    return (
      await cluster.kubectl([
        'get',
        'company/acme',
        '-n',
        'acme',
        '-o',
        'jsonpath={.metadata.uid} {.metadata.generation}',
      ])
    ).output;
  }
});
