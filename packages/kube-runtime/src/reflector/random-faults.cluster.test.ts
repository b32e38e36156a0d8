import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCertificateAuthority } from '../../../../tools/control-plane/certificates.ts';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';
import { type HttpFault, HttpFaults } from '../../test-support/http-faults.ts';
import { kubeConfigVia } from '../../test-support/kube-configs.ts';
import { TcpFaults } from '../../test-support/tcp-faults.ts';
import { configMaps, namespaces, WatchedConfigMaps } from '../../test-support/watched-config-maps.ts';
import type { KubeApi } from '../api/kube-api.ts';
import { createKubeApi } from '../http/create-kube-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'kube-runtime-'));
const caFile = join(folder, 'ca.crt');
let cluster: ControlPlane;
let http: HttpFaults;
let wire: TcpFaults;
let direct: KubeApi;
let api: KubeApi;
let runs = 0;

// The wire before the proxy before the API server.
beforeAll(async () => {
  const authority = await createCertificateAuthority();
  writeFileSync(caFile, authority.certificate);
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
  const token = await cluster.kubeconfigFor({ serviceAccount: { namespace: 'default', name: 'watcher' } });
  http = await HttpFaults.before(
    cluster.server,
    readFileSync(cluster.caFile, 'utf8'),
    await authority.server(),
  );
  wire = await TcpFaults.before(http.url);
  api = createKubeApi(kubeConfigVia(token, wire.url, caFile));
  // The API server takes a moment to know of the binding.
  await vi.waitFor(() => api.list(configMaps), { timeout: 10_000 });
});
afterAll(async () => {
  await Promise.all([direct.close(), api.close()]);
  await wire.close();
  await http.close();
  await cluster.stop();
  rmSync(folder, { recursive: true });
});

const status = (code: number) =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', code, message: 'for a test' });

const fault = fc.constantFrom<HttpFault>(
  { status: 410, body: status(410) },
  { status: 429, headers: { 'retry-after': '1' }, body: '' },
  { status: 500, body: status(500) },
  { status: 401, body: status(401) },
  { lines: '{"type":"MODIFIED","object":{"metadata":{"na' },
  { lines: `{"type":"ERROR","object":${status(410)}}\n` },
  { lines: '\u0000\n' },
);
const name = fc.constantFrom('a', 'b', 'c', 'd');
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('put' as const), name, size: fc.nat(20_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('failWatch' as const), fault }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('failList' as const), fault }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reset' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('truncate' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('slow' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(300) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const apply = (each: Step, watched: WatchedConfigMaps): unknown => {
  switch (each.do) {
    case 'put':
      return watched.put(each.name, 'å'.repeat(each.size));
    case 'remove':
      return watched.remove(each.name);
    case 'failWatch':
      return http.fail('watch', each.fault);
    case 'failList':
      return http.fail('list', each.fault);
    case 'reset':
      return wire.reset();
    case 'truncate':
      return http.truncate();
    case 'end':
      return http.endWatches();
    case 'slow':
      return wire.slow({ bytes: 4096, everyMs: 2 });
    case 'wait':
      return delay(each.ms);
  }
};

test('whatever happens between us and the API server: nothing missed, nothing told twice, few requests', async () => {
  let checks = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const namespace = `random-${++runs}`;
      await direct.create(namespaces, { metadata: { name: namespace } });
      const watched = new WatchedConfigMaps(api, direct, namespace, { checkMs: 300 });
      const before = http.requests.list + http.requests.watch;
      const began = performance.now();
      watched.reflector.start();
      for (const each of steps) await apply(each, watched);
      http.heal();
      wire.slow(undefined);
      await watched.caughtUp();
      expect(await watched.differences()).toEqual([]);
      const faults = steps.filter((each) => !['put', 'remove', 'wait'].includes(each.do)).length;
      // A watch every three seconds, and the checks.
      const quiet = (5 * (performance.now() - began)) / 1000;
      const requests = http.requests.list + http.requests.watch - before;
      expect(requests).toBeLessThan(3 * faults + quiet + 5);
      checks += watched.reflector.counters.checks;
      await watched.reflector.stop();
    }),
    { numRuns: 20, endOnFailure: true },
  );
  expect(checks).toBeGreaterThan(0);
}, 120_000);
