import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCertificateAuthority } from '../../../../tools/control-plane/certificates.ts';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import { HttpFaults } from '../../test-support/http-faults.ts';
import { kubeConfigVia } from '../../test-support/kube-configs.ts';
import { TcpFaults } from '../../test-support/tcp-faults.ts';
import { configMaps, namespaces, WatchedConfigMaps } from '../../test-support/watched-config-maps.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { createKubeApi } from '../http/create-kube-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'kube-runtime-'));
const authority = await createCertificateAuthority();
const caFile = join(folder, 'ca.crt');
let cluster: ControlPlane;
let direct: KubeApi;
let token: string;
let tests = 0;

beforeAll(async () => {
  cluster = await startControlPlane();
  direct = createKubeApi(kubeConfigVia(cluster.adminKubeconfig, cluster.server));
  await cluster.kubectl(['create', 'serviceaccount', 'watcher']);
  await cluster.kubectl([
    'create',
    'clusterrolebinding',
    'w',
    '--clusterrole=view',
    '--serviceaccount=default:watcher',
  ]);
  token = await cluster.kubeconfigFor({ serviceAccount: { namespace: 'default', name: 'watcher' } });
  const watcher = createKubeApi(kubeConfigVia(token, cluster.server));
  // The API server takes a moment to know of the binding.
  await vi.waitFor(() => watcher.list(configMaps), { timeout: 10_000 });
  await watcher.close();
});
afterAll(async () => {
  await direct.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const aNamespace = async (): Promise<string> => {
  const name = `faults-${++tests}`;
  await direct.create(namespaces, { metadata: { name } });
  return name;
};

describe('on the wire', () => {
  let faults: TcpFaults;
  let api: KubeApi;
  let watched: WatchedConfigMaps;

  beforeEach(async () => {
    faults = await TcpFaults.before(cluster.server);
    api = createKubeApi(kubeConfigVia(cluster.adminKubeconfig, faults.url));
    watched = new WatchedConfigMaps(api, direct, await aNamespace());
    await watched.put('a');
    await watched.put('b');
    await watched.start();
    await watched.caughtUp();
  });
  afterEach(async () => {
    await watched.reflector.stop();
    await api.close();
    await faults.close();
  });

  test('a reset is resumed without a list, and changes made meanwhile come', async () => {
    faults.reset();
    await watched.remove('a');
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.reflector.counters).toMatchObject({ lists: 1, failures: 1 });
    expect(faults.connections).toBe(2);
  });

  test('a connection that died without a word is found', async () => {
    faults.stall();
    await watched.put('b', 'while nobody hears');
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.problems[0]?.error).toMatchObject({ reason: 'Timeout' });
  });

  test('a slow line delays, and loses nothing', async () => {
    faults.slow({ bytes: 512, everyMs: 10 });
    for (let n = 0; n < 20; n++) await watched.put(`slow-${n}`, 'x'.repeat(500));
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.reflector.counters).toMatchObject({ lists: 1, failures: 0 });
  });

  test('an API server that cannot be reached is not run down, and nothing is forgotten', async () => {
    const attempts = () => watched.reflector.counters.watches;
    faults.refuse(true);
    await expect.poll(() => watched.problems.length, { timeout: 10_000 }).toBeGreaterThan(6);
    expect(watched.problems.at(-1)?.retryInMs).toBeGreaterThanOrEqual(500);
    const before = attempts();
    await watched.remove('a');
    faults.refuse(false);
    await watched.caughtUp();
    expect(attempts() - before).toBeLessThanOrEqual(2);
    expect(await watched.differences()).toEqual([]);
    expect(watched.reflector.counters.lists).toBe(1);
  });
});

describe('in HTTP', () => {
  let faults: HttpFaults;
  let api: KubeApi;
  let watched: WatchedConfigMaps;

  const status = (code: number, reason: string) =>
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason,
      message: 'for a test',
    });

  beforeEach(async () => {
    writeFileSync(caFile, authority.certificate);
    faults = await HttpFaults.before(
      cluster.server,
      readFileSync(cluster.caFile, 'utf8'),
      await authority.server(),
    );
    api = createKubeApi(kubeConfigVia(token, faults.url, caFile));
    watched = new WatchedConfigMaps(api, direct, await aNamespace());
    await watched.put('a');
    await watched.put('b');
    await watched.start();
    await watched.caughtUp();
  });
  afterEach(async () => {
    await watched.reflector.stop();
    await api.close();
    await faults.close();
  });

  test.each([
    ['410', { status: 410, body: status(410, 'Expired') }, 2],
    ['500', { status: 500, body: status(500, 'InternalError') }, 1],
    [
      '429',
      { status: 429, headers: { 'retry-after': '1' }, body: 'Too many requests, please try again later.' },
      1,
    ],
    ['502 of a load balancer', { status: 502, body: '<html>Bad gateway</html>' }, 1],
    ['no answer at all', 'silent', 1],
    ['JSON that breaks off', { lines: '{"type":"ADDED","object":{"kind":"Conf' }, 1],
    ['no JSON', { lines: '<html>\n' }, 1],
    ['an event without an object', { lines: '{"type":"ADDED"}\n' }, 1],
    ['a 410 as event', { lines: `{"type":"ERROR","object":${status(410, 'Expired')}}\n` }, 2],
    ['a 500 as event', { lines: `{"type":"ERROR","object":${status(500, 'InternalError')}}\n` }, 1],
  ] as const)('%s in place of a watch', async (_, fault, lists) => {
    faults.fail('watch', fault);
    faults.endWatches();
    await expect.poll(() => watched.problems.length, { timeout: 10_000 }).toBe(1);
    await watched.remove('a');
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.reflector.counters).toMatchObject({ lists, failures: 1 });
  });

  test('Retry-After is kept to', async () => {
    faults.fail('watch', { status: 429, headers: { 'retry-after': '2' }, body: '' });
    faults.endWatches();
    await expect.poll(() => watched.problems.length, { timeout: 10_000 }).toBe(1);
    expect(watched.problems[0]?.retryInMs).toBeGreaterThanOrEqual(2000);
    await watched.caughtUp();
  });

  test('an event that breaks off is told once, when it comes whole', async () => {
    faults.truncate();
    await watched.put('b', 'å'.repeat(3000));
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.problems[0]?.error).toMatchObject({ name: 'ApiUnreachable' });
    expect(watched.reflector.counters.lists).toBe(1);
  });

  test('a 410 in the midst of a watch finds what was deleted', async () => {
    faults.say(`{"type":"ERROR","object":${status(410, 'Expired')}}\n`);
    faults.fail('list', { status: 500, body: status(500, 'InternalError') }, { status: 503, body: '' });
    await watched.remove('a');
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.reflector.counters).toMatchObject({ relists: 1, failures: 3 });
  });

  test("the API server's certificate may be of another authority once the CA file says so", async () => {
    const other = await createCertificateAuthority();
    faults.present(await other.server());
    await watched.remove('a');
    await expect.poll(() => watched.problems.length, { timeout: 10_000 }).toBeGreaterThan(1);
    writeFileSync(caFile, other.certificate);
    await watched.caughtUp();
    expect(await watched.differences()).toEqual([]);
    expect(watched.reflector.counters.lists).toBe(1);
  });
});
