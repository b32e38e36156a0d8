import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { runHelm } from '@medlyssning/tools/helm/run-helm.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// RBAC in full: what `kubectl auth can-i --list` says of each role in a company's namespace, as installed by the charts. A line
// more in a role is a line more in lib/charts/can-i, where a review sees it.

const home = 'medlyssning-system';
/** Roles by the ServiceAccount that holds them, and by nothing else. */
const holders = {
  'company-administrator': { namespace: 'administration', name: 'helena' },
  'sub-administrator': { namespace: 'acme', name: 'eva' },
  viewer: { namespace: 'acme', name: 'vera' },
  pbx: { namespace: 'telephony', name: 'pbx' },
  'platform-administrator': { namespace: home, name: 'petra' },
  operator: { namespace: home, name: 'medlyssning-operator' },
  sidecar: { namespace: home, name: 'medlyssning-sidecar' },
  nobody: { namespace: 'acme', name: 'nobody' },
};
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
  const helm = async (...args: readonly string[]) => {
    const { ok, output } = await runHelm([...args, '--create-namespace'], cluster.adminKubeconfig);
    if (!ok) throw new Error(output);
  };
  await helm('install', 'medlyssning', 'charts/medlyssning', '-n', home, '--set=crds.install=false');
  await helm(
    ...['install', 'acme', 'charts/medlyssning-tenant', '-n', 'acme', '-f', 'examples/tenant/acme.yaml'],
    '--set-file=usersCsv=examples/tenant/acme-users.csv',
    '--set=roles.viewers={ServiceAccount:acme/vera}',
  );
  for (const namespace of ['administration', 'telephony']) await kubectl('create', 'namespace', namespace);
  const made = Object.values(holders).filter(({ name }) => !name.startsWith('medlyssning-'));
  for (const { namespace, name } of made) await kubectl('create', 'serviceaccount', name, '-n', namespace);
  await kubectl(
    ...['create', 'clusterrolebinding', 'petra', '--clusterrole=medlyssning-platform-administrator'],
    `--serviceaccount=${home}:petra`,
  );
});
afterAll(() => cluster.stop());

describe.each(Object.entries(holders))('%s', (role, account) => {
  const shown = (file: string) => join(import.meta.dirname, 'lib/charts/can-i', file);

  test("in the company's namespace", async () => {
    await expect(await list(account, 'acme')).toMatchFileSnapshot(shown(`${role}.txt`));
  });

  test("in another company's namespace: what everybody may, unless it is the platform's", async () => {
    const elsewhere = await list(account, 'default');
    const everywhere = ['platform-administrator', 'operator', 'sidecar'].includes(role);
    if (!everywhere) expect(elsewhere).toBe(await list(holders.nobody, 'default'));
    else expect(elsewhere).toBe(await list(account, 'acme'));
  });
});

async function list(
  serviceAccount: { readonly namespace: string; readonly name: string },
  namespace: string,
) {
  const kubeconfig = await cluster.kubeconfigFor({ serviceAccount });
  const { ok, output } = await cluster.kubectl(
    ['auth', 'can-i', '--list', `--namespace=${namespace}`],
    kubeconfig,
  );
  if (!ok) throw new Error(output);
  const [head = '', ...lines] = output.split('\n').map((line) => line.trimEnd());
  return `${[head, ...lines.toSorted()].join('\n')}\n`;
}

async function kubectl(...args: readonly string[]): Promise<void> {
  const { ok, output } = await cluster.kubectl(args);
  if (!ok) throw new Error(output);
}
