import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaNodeStatus } from '@medlyssning/policy';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { letReport } from '@medlyssning/tools/control-plane/let-report.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { freePort } from '@medlyssning/tools/real/ports.ts';
import { type Rtpengine, startRtpengine } from '@medlyssning/tools/real/rtpengine.ts';
import { pino } from 'pino';
import { connect, type NgClient } from 'rtpengine-ng-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Config } from './config/config.ts';
import { checkConfig } from './config/load-config.ts';
import { Pbx } from './observe/pbx.fixture.ts';
import { type Sidecar, startSidecar } from './sidecar.ts';

let cluster: ControlPlane;
let engines: readonly Rtpengine[];
let client: NgClient;
let config: Config;
let sidecar: Sidecar;
let metricsPort: number;

const mediaNode = '/apis/medlyssning.dev/v1alpha1/namespaces/medlyssning-system/medianodes/media-1';
const status = async () => {
  const { body } = await cluster.request({ method: 'GET', path: mediaNode });
  return (body as { readonly status?: MediaNodeStatus }).status;
};
const get = async (path: string): Promise<string> =>
  (await fetch(`http://127.0.0.1:${metricsPort}${path}`)).text();
const metric = async (name: string): Promise<number> =>
  Number(new RegExp(`^${name} (.+)$`, 'm').exec(await get('/metrics'))?.[1]);

beforeAll(async () => {
  const parts = await ensureParts();
  const hepPort = await freePort();
  metricsPort = await freePort();
  cluster = await startControlPlane();
  await cluster.applyFiles(chartFiles);
  const kubeconfig = await cluster.kubeconfigFor({
    serviceAccount: { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' },
  });
  await letReport(cluster, 'media-1');
  const [call, listening] = await Promise.all([
    startRtpengine({ parts, role: 'call', hep: { port: hepPort } }),
    startRtpengine({ parts, role: 'listening' }),
  ]);
  engines = [call, listening];
  client = connect({ url: `tcp:127.0.0.1:${call.ng.tcp}` });
  await new Pbx(client).call('before@pbx', 'caller:1|callee:2');
  await cluster.killApiServer();
  config = checkConfig(
    {
      node: 'media-1',
      engines: {
        call: { ng: `tcp:127.0.0.1:${call.ng.tcp}` },
        listening: { ng: `tcp:127.0.0.1:${listening.ng.tcp}` },
      },
      observe: { hep: `tcp:127.0.0.1:${hepPort}` },
      policy: { kubernetes: { kubeconfig } },
      sip: {
        listen: ['tcp:127.0.0.1:0'],
        trustedPeers: ['127.0.0.1/32'],
        outboundProxy: 'sip:127.0.0.1:5060;transport=tcp',
      },
      audit: { sqlite: join(mkdtempSync(join(tmpdir(), 'medlyssning-test-')), 'audit.db') },
      telemetry: { metrics: `127.0.0.1:${metricsPort}` },
      logLevel: 'silent',
    },
    'test.yaml',
  );
  sidecar = await startSidecar(config, pino({ level: 'silent' }));
});
afterAll(async () => {
  await sidecar?.stop();
  client?.close();
  await Promise.all(engines?.map((engine) => engine.stop()) ?? []);
  await cluster?.stop();
});

it('starts without its API server: not ready, and the call goes on', async () => {
  expect(await get('/readyz')).toMatch(/^not ready: .*calls not listed yet.*no policy applied yet/);
  expect(await metric('medlyssning_calls')).toBe(0);
  expect((await client.list()).calls).toEqual(['before@pbx']);
});

it('is ready once the API server is there, knows the calls, and says so in its MediaNode', async () => {
  await cluster.startApiServer();
  await expect.poll(() => get('/readyz'), { timeout: 40_000 }).toBe('ready\n');
  expect(await metric('medlyssning_calls')).toBe(1);
  expect(await metric('medlyssning_policy_resource_version')).toBeGreaterThan(0);
  await expect
    .poll(async () => (await status())?.conditions?.map(({ type, status: holds }) => `${type} ${holds}`), {
      timeout: 10_000,
    })
    .toEqual(['Ready True', 'PolicyApplied True', 'AuditIntact True']);
  expect(await status()).toMatchObject({
    versions: {
      sidecar: expect.stringMatching(/^\d/),
      callEngine: expect.stringMatching(/^26\./),
      listeningEngine: expect.stringMatching(/^26\./),
    },
    mirror: { state: expect.stringMatching(/^(Connected|Down)$/) },
    calls: 1,
    listens: 0,
  });
});

it('stays ready when the API server goes, while its policy grows old', async () => {
  await cluster.killApiServer();
  await expect.poll(() => metric('medlyssning_policy_age_seconds'), { timeout: 10_000 }).toBeGreaterThan(2);
  expect(await get('/readyz')).toBe('ready\n');
  expect((await client.list()).calls).toEqual(['before@pbx']);
  await cluster.startApiServer();
});

it('says after a restart that its records are not those whose end it had published, and goes on', async () => {
  await sidecar.stop();
  const head = 'ab'.repeat(32);
  const published = await cluster.request({
    method: 'PATCH',
    path: `${mediaNode}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: { audit: { rows: 5, head } } },
  });
  expect(published.status).toBe(200);
  sidecar = await startSidecar(config, pino({ level: 'silent' }));
  await expect.poll(() => get('/readyz'), { timeout: 40_000 }).toBe('ready\n');
  expect([await metric('medlyssning_audit_rows_missing'), await metric('medlyssning_audit_rows')]).toEqual([
    1, 5,
  ]);
  await expect
    .poll(async () => (await status())?.conditions?.find(({ type }) => type === 'AuditIntact')?.reason, {
      timeout: 10_000,
    })
    .toBe('RowsMissing');
  expect((await status())?.audit).toEqual({ rows: 5, head });
});
