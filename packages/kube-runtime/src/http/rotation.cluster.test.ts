import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import { kubeConfigVia } from '../../test-support/kube-configs.ts';
import { TcpFaults } from '../../test-support/tcp-faults.ts';
import { configMaps, WatchedConfigMaps } from '../../test-support/watched-config-maps.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { createKubeApi } from './create-kube-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'kube-runtime-'));
const file = (name: string) => join(folder, name);
let cluster: ControlPlane;
let direct: KubeApi;
let wire: TcpFaults;

beforeAll(async () => {
  cluster = await startControlPlane();
  direct = createKubeApi(kubeConfigVia(cluster.adminKubeconfig, cluster.server));
  await cluster.kubectl([
    'create',
    'clusterrolebinding',
    'w',
    '--clusterrole=view',
    '--serviceaccount=default:watcher',
  ]);
});
beforeEach(async () => {
  wire = await TcpFaults.before(cluster.server);
  return () => wire.close();
});
afterAll(async () => {
  await direct.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const userOf = (kubeconfig: string) => {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config.getCurrentUser();
};

const configWith = (user: object): KubeConfig => {
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'test', server: wire.url, caFile: cluster.caFile }],
    users: [{ name: 'test', ...user }],
    contexts: [{ name: 'test', cluster: 'test', user: 'test' }],
    currentContext: 'test',
  });
  return config;
};

const freshToken = async (): Promise<string> => {
  await cluster.kubectl(['delete', 'serviceaccount', 'watcher', '--ignore-not-found']);
  await cluster.kubectl(['create', 'serviceaccount', 'watcher']);
  const kubeconfig = await cluster.kubeconfigFor({
    serviceAccount: { namespace: 'default', name: 'watcher' },
  });
  return userOf(kubeconfig)?.token ?? '';
};

test('a token that is no longer taken: the watch goes on as soon as the file has a new one', async () => {
  writeFileSync(file('token'), await freshToken());
  const user = { authProvider: { name: 'tokenFile', config: { tokenFile: file('token') } } };
  const api = createKubeApi(configWith(user));
  const watched = new WatchedConfigMaps(api, direct, 'default');
  await watched.start();
  await watched.caughtUp();
  const next = await freshToken();
  wire.reset();
  await expect
    .poll(() => watched.problems.some(({ error }) => (error as { status?: number }).status === 401), {
      timeout: 20_000,
    })
    .toBe(true);
  const { lists } = watched.reflector.counters;
  writeFileSync(file('token'), next);
  await watched.put('after-the-token');
  await watched.caughtUp();
  expect(await watched.differences()).toEqual([]);
  expect(watched.reflector.counters.lists).toBe(lists);
  await watched.reflector.stop();
  await api.close();
});

test('a rotated client certificate is taken for what comes next; what is under way ends as it was', async () => {
  const write = async () => {
    const user = userOf(await cluster.kubeconfigFor({ user: 'rotating', groups: ['system:masters'] }));
    writeFileSync(file('tls.crt'), Buffer.from(user?.certData ?? '', 'base64'));
    writeFileSync(file('tls.key'), Buffer.from(user?.keyData ?? '', 'base64'));
    return readFileSync(file('tls.crt'), 'utf8');
  };
  const first = await write();
  const api = createKubeApi(configWith({ certFile: file('tls.crt'), keyFile: file('tls.key') }));
  const watched = new WatchedConfigMaps(api, direct, 'default', { watchMs: 30_000, idleMs: 60_000 });
  await watched.start();
  await watched.caughtUp();
  expect(await write()).not.toBe(first);
  await api.list(configMaps);
  await api.list(configMaps);
  await watched.caughtUp();
  expect(wire.connections).toBe(2);
  expect(watched.problems).toEqual([]);
  await watched.reflector.stop();
  await api.close();
});

test('200 calls and 5 watches share one connection', async () => {
  const api = createKubeApi(kubeConfigVia(cluster.adminKubeconfig, wire.url));
  const watchers = Array.from({ length: 5 }, () => new WatchedConfigMaps(api, direct, 'default'));
  await Promise.all(watchers.map((each) => each.start()));
  for (let n = 0; n < 200; n++) await api.list(configMaps, { namespace: 'default', limit: 1 });
  await Promise.all(watchers.map((each) => each.caughtUp()));
  expect(wire.connections).toBe(1);
  await Promise.all(watchers.map((each) => each.reflector.stop()));
  await api.close();
});

test('what the kubeconfig names and cannot be read is told, and tried again', async () => {
  const api = createKubeApi(configWith({ certFile: file('missing.crt'), keyFile: file('missing.key') }));
  await expect(api.list(configMaps)).rejects.toMatchObject({ name: 'ApiUnreachable', reason: 'Credentials' });
  writeFileSync(file('missing.crt'), readFileSync(file('tls.crt')));
  writeFileSync(file('missing.key'), readFileSync(file('tls.key')));
  await expect(api.list(configMaps)).resolves.toMatchObject({ resourceVersion: expect.any(String) });
  await api.close();
});

test('credentials of a plugin are asked for again once they are not taken any more', async () => {
  const print = `console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential',
    status: { token: require('fs').readFileSync(${JSON.stringify(file('plugin-token'))}, 'utf8') } }))`;
  writeFileSync(file('plugin-token'), 'not-a-token');
  const api = createKubeApi(configWith({ exec: { command: process.execPath, args: ['-e', print] } }));
  await expect(api.list(configMaps)).rejects.toMatchObject({ name: 'ApiError', status: 401 });
  writeFileSync(file('plugin-token'), await freshToken());
  await expect(api.list(configMaps)).resolves.toMatchObject({ resourceVersion: expect.any(String) });
  await api.close();
});
