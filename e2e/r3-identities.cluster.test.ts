import type { AdminRequest } from '@medlyssning/tools/control-plane/admin-client.ts';
import type { Identity } from '@medlyssning/tools/control-plane/identities.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from './lib/r3/answer.ts';
import { cast, sidecarNode, sidecarPod } from './lib/r3/cast.ts';
import { R3World } from './lib/r3/r3-world.ts';
import { create, dryRun, rbacGroup } from './lib/r3/requests.ts';

// R3 and who one is: tokens of pods, ServiceAccounts of others, and acting as someone else.

const home = 'medlyssning-system';
const sidecar = { namespace: home, name: 'medlyssning-sidecar' };
const right = create(
  'entitlements',
  { name: 'mine' },
  { companyRef: { name: 'acme' }, right: 'Medlyssning', users: ['bo'] },
);
let world: R3World;

beforeAll(async () => {
  world = await R3World.start();
});
afterAll(() => world.stop());

describe('a sidecar', () => {
  const node = (name: string) => create('medianodes', { name }, { pool: 'default' }, home);

  test('without the token of a pod has no node of its own', async () => {
    expect(await as({ serviceAccount: sidecar }, node(sidecarNode))).toBe('media-nodes');
  });

  test('is one pod on one Kubernetes node', async () => {
    await make(`/api/v1/namespaces/${home}/pods`, {
      metadata: { name: 'sidecar-c' },
      spec: {
        nodeName: 'node-c',
        serviceAccountName: sidecar.name,
        containers: [{ name: 'sidecar', image: 'tests.example/sidecar' }],
      },
    });
    const identity = { serviceAccount: { ...sidecar, pod: 'sidecar-c' } };
    for (const own of ['node-c', 'sidecar-c']) expect(await as(identity, node(own))).toBe('yes');
    for (const other of [sidecarNode, sidecarPod])
      expect(await as(identity, node(other))).toBe('media-nodes');
  });

  test('outside a pod is known by a ServiceAccount of its own', async () => {
    await make(`/api/v1/namespaces/${home}/serviceaccounts`, { metadata: { name: 'sidecar-7' } });
    const subjects = [{ kind: 'ServiceAccount', name: 'sidecar-7', namespace: home }];
    await make(`${rbacGroup}/clusterroles`, {
      metadata: { name: 'sidecar-7' },
      rules: [
        {
          apiGroups: ['medlyssning.dev'],
          resources: ['medianodes'],
          verbs: ['report'],
          resourceNames: ['media-7'],
        },
      ],
    });
    const bind = { apiGroup: 'rbac.authorization.k8s.io', name: 'sidecar-7' };
    await make(`${rbacGroup}/clusterrolebindings`, {
      metadata: { name: 'sidecar-7' },
      roleRef: { ...bind, kind: 'ClusterRole' },
      subjects,
    });
    await make(`${rbacGroup}/namespaces/${home}/rolebindings`, {
      metadata: { name: 'sidecar-7' },
      roleRef: { ...bind, kind: 'Role', name: sidecar.name },
      subjects,
    });
    const identity = { serviceAccount: { namespace: home, name: 'sidecar-7' } };
    await expect.poll(() => as(identity, node('media-7')), { timeout: 10_000 }).toBe('yes');
    expect(await as(identity, node('media-8'))).toBe('media-nodes');
  });
});

describe('acting as someone else', () => {
  test.each(Object.keys(cast))('%s may not be the operator, nor one who has every verb', async (actor) => {
    const login = cast[actor]?.login;
    if (login === undefined) throw new Error(`There is no actor ${actor}.`);
    const kubeconfig = await world.cluster.kubeconfigFor(login);
    const ask = (...impersonate: readonly string[]) =>
      world.cluster.kubectl(['get', '--raw=/version', ...impersonate], kubeconfig);
    for (const impersonate of [
      ['--as=system:serviceaccount:medlyssning-system:medlyssning-operator'],
      ['--as=anyone', '--as-group=system:masters'],
    ]) {
      const { ok, output } = await ask(...impersonate);
      expect(output).toMatch(/Forbidden.* cannot impersonate/);
      expect(ok).toBe(false);
    }
  });

  test('edit may act as a ServiceAccount of the namespace, so none of these may hold grant', async () => {
    const token = (namespace: string): AdminRequest => ({
      method: 'POST',
      path: `/api/v1/namespaces/${namespace}/serviceaccounts/gitops/token`,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
    });
    for (const namespace of ['acme', home])
      await make(`/api/v1/namespaces/${namespace}/serviceaccounts`, { metadata: { name: 'gitops' } });
    expect(answerOf(await world.request('edit', token('acme')))).toBe('yes');
    expect(answerOf(await world.request('edit', token(home)))).toBe('role');
    // Our own roles do not contain that.
    for (const actor of ['company', 'sub', 'platform'])
      expect(answerOf(await world.request(actor, token('acme')))).toBe('role');
  });

  test('a ServiceAccount elsewhere that holds grant in the namespace may write rights there', async () => {
    await make(`${rbacGroup}/namespaces/acme/rolebindings`, {
      metadata: { name: 'gitops' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'medlyssning-company-administrator',
      },
      subjects: [{ kind: 'ServiceAccount', name: 'gitops', namespace: home }],
    });
    const gitops = { serviceAccount: { namespace: home, name: 'gitops' } };
    await expect.poll(() => as(gitops, right), { timeout: 10_000 }).toBe('yes');
  });
});

/** Tries it without leaving anything behind. */
async function as(identity: Identity, request: AdminRequest): Promise<string> {
  const client = await world.cluster.clientFor(identity);
  try {
    return answerOf(await client.request(dryRun(request)));
  } finally {
    client.close();
  }
}

async function make(path: string, body: unknown): Promise<void> {
  expect(await world.cluster.request({ method: 'POST', path, body })).toMatchObject({ status: 201 });
}
