import { freePort } from '@medlyssning/tools/real/ports.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectCalm } from './lib/faults/calm.ts';
import { codeOf, Scene } from './lib/faults/scene.ts';
import { clusterOf } from './lib/world/cluster-home.ts';

let scene: Scene;
let api: string;
beforeAll(async () => {
  const listen = `127.0.0.1:${await freePort()}`;
  api = `http://${listen}/v1/listens`;
  scene = await Scene.start({ sidecar: { http: { listen } } });
});
afterAll(() => scene?.[Symbol.asyncDispose]());

/** A token of somebody with this role in a company's namespace. */
const tokenOf = async (name: string, namespace: string, role: string): Promise<string> => {
  const { cluster } = clusterOf(scene.world);
  const post = async (path: string, body: object) =>
    (await cluster.request({ method: 'POST', path, body })).body as {
      readonly status: { readonly token: string };
    };
  const core = `/api/v1/namespaces/${namespace}`;
  await post(`${core}/serviceaccounts`, { metadata: { name } });
  await post(`/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`, {
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  const spec = { audiences: ['medlyssning.dev'] };
  return (await post(`${core}/serviceaccounts/${name}/token`, { spec })).status.token;
};

const stop = async (id: string, token: string): Promise<number> =>
  (await fetch(`${api}/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })).status;

it('an administrator of the company stops a listen: Stopped by SIP and on record, and nobody else can', async () => {
  const anna = await scene.talk('anna');
  const { call, ear } = await scene.ear('karin', 'anna');
  const id = (await scene.world.audit()).findLast((r) => r.record === 'attempt')?.id ?? '';

  const administrator = 'medlyssning-company-administrator';
  const neighbour = await tokenOf('bernt', 'beta', administrator);
  const assistant = await tokenOf('inga', 'acme', 'medlyssning-sub-administrator');
  expect([await stop(id, neighbour), await stop(id, assistant), await stop(id, 'forged')]).toEqual([
    403, 403, 401,
  ]);
  await ear.hear(10);

  const helena = await tokenOf('helena', 'acme', administrator);
  expect(await stop(id, helena)).toBe(204);
  const heard = ear.received.length;
  expect(codeOf(await call.ended)).toBe('Stopped');
  expect(await scene.lastEnd()).toMatchObject({ reason: 'Stopped', startedAt: expect.any(String) });
  await expectCalm(anna, 1);
  expect(ear.received.length - heard).toBeLessThan(3);
  expect(await stop(id, helena)).toBe(403);
  await ear.close();
  await anna.customer.hangUp();
});
