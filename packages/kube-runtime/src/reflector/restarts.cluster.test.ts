import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import { kubeConfigVia } from '../../test-support/kube-configs.ts';
import { TcpFaults } from '../../test-support/tcp-faults.ts';
import { namespaces, WatchedConfigMaps } from '../../test-support/watched-config-maps.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { createKubeApi } from '../http/create-kube-api.ts';

let cluster: ControlPlane;
let faults: TcpFaults;
let direct: KubeApi;
let api: KubeApi;

beforeAll(async () => {
  cluster = await startControlPlane();
  faults = await TcpFaults.before(cluster.server);
  direct = createKubeApi(kubeConfigVia(cluster.adminKubeconfig, cluster.server));
  api = createKubeApi(kubeConfigVia(cluster.adminKubeconfig, faults.url));
});
afterAll(async () => {
  await Promise.all([direct.close(), api.close()]);
  await faults.close();
  await cluster.stop();
});

const watching = async (namespace: string): Promise<WatchedConfigMaps> => {
  await direct.create(namespaces, { metadata: { name: namespace } });
  const watched = new WatchedConfigMaps(api, direct, namespace);
  for (const name of ['a', 'b', 'c']) await watched.put(name);
  await watched.start();
  await watched.caughtUp();
  return watched;
};

/** Forgets all that was before now: etcd's docs, "Compact" of the gRPC gateway. */
const compactEtcd = async (): Promise<void> => {
  const ask = async (
    path: string,
    body: unknown,
  ): Promise<{ readonly header: { readonly revision: string } }> => {
    const answer = await fetch(`${cluster.etcd}${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as { readonly header: { readonly revision: string } };
  };
  const { header } = await ask('/v3/kv/range', { key: Buffer.from('x').toString('base64') });
  await ask('/v3/kv/compaction', { revision: header.revision, physical: true });
};

/** Changes that go on until told to stop, failures of the API server put up with. */
const load = (watched: WatchedConfigMaps): (() => Promise<number>) => {
  let isOver = false;
  let done = 0;
  const changing = (async () => {
    for (let n = 0; !isOver; n++) {
      const change = n % 5 === 4 ? watched.remove(`n${n % 7}`) : watched.put(`n${n % 7}`, `${n}`);
      await change.then(
        () => done++,
        () => new Promise((resolve) => setTimeout(resolve, 20)),
      );
    }
  })();
  return async () => {
    isOver = true;
    await changing;
    return done;
  };
};

test('the API server is killed and comes back, twice, while changes are made', async () => {
  const watched = await watching('killed');
  const stop = load(watched);
  for (let round = 0; round < 2; round++) {
    await cluster.killApiServer();
    await expect.poll(() => watched.problems.length).toBeGreaterThan(3 * round + 2);
    await cluster.startApiServer();
    await watched.caughtUp();
  }
  expect(await stop()).toBeGreaterThan(0);
  await watched.caughtUp();
  expect(await watched.differences()).toEqual([]);
  expect(watched.reflector.counters.watches).toBeLessThan(60);
  await watched.reflector.stop();
});

test('what was deleted before a compaction, while nobody could hear, is found by a list', async () => {
  const watched = await watching('compacted');
  faults.refuse(true);
  await watched.remove('a');
  await watched.put('b', 'changed');
  for (let n = 0; n < 20; n++) await watched.put('c', `${n}`);
  await compactEtcd();
  // Its watch cache still remembers; a new API server has only what etcd has.
  await cluster.killApiServer();
  await cluster.startApiServer();
  faults.refuse(false);
  await watched.caughtUp();
  expect(await watched.differences()).toEqual([]);
  expect(watched.reflector.counters).toMatchObject({ relists: 1, lists: 2 });
  await watched.reflector.stop();
});
