import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import type { MediaNode } from '@medlyssning/policy';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { letReport } from '@medlyssning/tools/control-plane/let-report.ts';
import { createKubeApi, type KubeApi, type ReviewApi } from 'kube-runtime';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addRoutes } from '../doors/http/add-routes.ts';
import { type HttpDoor, openHttpDoor } from '../doors/http/http-door.ts';
import { listening } from '../listen/listening.fixture.ts';
import type { NodeState } from '../node-report/media-node-status.ts';
import { startNodeReport } from '../node-report/node-report.ts';
import { publishedHead } from '../node-report/published-head.ts';
import { ActiveProfiles } from '../policy/active-profiles.ts';
import { exampleIndex } from '../policy/example-index.fixture.ts';
import { loadKubeConfig } from './load-kube-config.ts';
import { mediaNodes, users } from './resource-types.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = (...path: readonly string[]) => join(root, ...path);
const auth = { kubernetes: { audience: 'medlyssning.dev' } };
const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
const log = pino({ level: 'silent' });
const index = await exampleIndex();

let cluster: ControlPlane;
let admin: KubeApi;
/** With the rights that the chart gives a sidecar, and no others. */
let own: KubeApi & ReviewApi;

const post = async (path: string, body: object) => {
  const { status, body: answer } = await cluster.request({ method: 'POST', path, body });
  expect([path, status, answer]).toEqual([path, 201, answer]);
  return answer;
};
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const account = (name: string) => post('/api/v1/namespaces/acme/serviceaccounts', { metadata: { name } });
const tokenOf = async (name: string, audiences: readonly string[]): Promise<string> => {
  const answer = await post(`/api/v1/namespaces/acme/serviceaccounts/${name}/token`, { spec: { audiences } });
  return (answer as { readonly status: { readonly token: string } }).status.token;
};

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.applyFiles([...chartFiles, folder('examples', 'acme'), folder('examples', 'beta')]);
  await account('pbx');
  await account('passer-by');
  await post(`${rbac}/namespaces/acme/rolebindings`, {
    metadata: { name: 'pbx' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'medlyssning-pbx' },
    subjects: [{ kind: 'ServiceAccount', name: 'pbx', namespace: 'acme' }],
  });
  const sidecar = { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' };
  await letReport(cluster, 'media-1');
  admin = createKubeApi(loadKubeConfig(cluster.adminKubeconfig));
  own = createKubeApi(loadKubeConfig(await cluster.kubeconfigFor({ serviceAccount: sidecar })));
});
afterAll(async () => {
  await admin?.close();
  await own?.close();
  await cluster?.stop();
});

describe('the active profile, said by a PBX', () => {
  let door: HttpDoor;
  const profiles = new ActiveProfiles();
  const activeHere = () => {
    const row = index.userByName('acme/acme', 'anna');
    return row && profiles.of(row).name;
  };
  const put = async (token: string, body: object, path = 'acme/anna') => {
    const response = await fetch(`http://127.0.0.1:${door.port}/v1/users/${path}/active-profile`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as { readonly since?: string } };
  };
  const anna = () => admin.get(users, { namespace: 'acme', name: 'anna' });

  beforeAll(async () => {
    const stage = await listening();
    door = await openHttpDoor({ listen, origins: [] }, log, (app) =>
      addRoutes(app, { auth, ...stage, cluster: { api: own }, profiles, log }),
    );
  });
  afterAll(() => door?.close());

  it('is in the status of the user, and in effect on this node', async () => {
    const before = (await anna()).status?.activeProfile?.name;
    const answer = await put(await tokenOf('pbx', ['medlyssning.dev']), { profile: 'lunch' });
    expect(answer).toMatchObject({ status: 200, body: { profile: 'lunch', previous: before ?? 'inne' } });
    const { status } = await anna();
    expect(status?.activeProfile).toMatchObject({ name: 'lunch', since: answer.body.since });
    expect(activeHere()).toBe('lunch');
  });

  it('leaves the findings of the operator alone', async () => {
    const token = await tokenOf('pbx', ['medlyssning.dev']);
    await cluster.request({
      method: 'PATCH',
      path: '/apis/medlyssning.dev/v1alpha1/namespaces/acme/users/anna/status?fieldManager=medlyssning-operator&force=true',
      contentType: 'application/apply-patch+yaml',
      body: {
        apiVersion: 'medlyssning.dev/v1alpha1',
        kind: 'User',
        metadata: { name: 'anna' },
        status: { licensed: true },
      },
    });
    expect((await put(token, { profile: 'kundtjanst' })).status).toBe(200);
    const { status } = await anna();
    expect(status).toMatchObject({
      licensed: true,
      activeProfile: { name: 'kundtjanst', previous: 'lunch' },
    });
    expect(activeHere()).toBe('kundtjanst');
  });

  it('is not said by one without the role, nor in another company, nor with a token for others', async () => {
    const [pbx, other, passerBy] = await Promise.all([
      tokenOf('pbx', ['medlyssning.dev']),
      tokenOf('pbx', ['somebody.else']),
      tokenOf('passer-by', ['medlyssning.dev']),
    ]);
    const before = (await anna()).metadata.resourceVersion;
    expect((await put(passerBy, { profile: 'lunch' })).status).toBe(403);
    expect((await put(pbx, { profile: 'lunch' }, 'beta/bo')).status).toBe(403);
    expect((await put(other, { profile: 'lunch' })).status).toBe(401);
    expect((await anna()).metadata.resourceVersion).toBe(before);
  });
});

describe('the MediaNode of a sidecar', () => {
  const state: { -readonly [K in keyof NodeState]: NodeState[K] } = {
    versions: { sidecar: '0.1.0' },
    resourceVersion: '42',
    malformed: new Map(),
    mirror: { state: 'up', missed: 0 },
    audit: { seq: 7, hash: 'a1'.repeat(32) },
    auditRowsMissing: false,
    calls: 0,
    listens: 0,
    notReady: [],
  };
  /** Each time a report looks whether there is something to write; what it wrote the time before is written then. */
  const rounds = new EventEmitter();
  const report = (node: string) =>
    startNodeReport({
      api: own,
      namespace: 'medlyssning-system',
      node,
      pool: 'default',
      state: () => {
        rounds.emit('round');
        return state;
      },
      log,
      now: () => new Date(),
    });
  const read = (name = 'media-1'): Promise<MediaNode> =>
    admin.get(mediaNodes, { namespace: 'medlyssning-system', name });

  it('appears, follows, is written only when something changed, and says a last word', async () => {
    const running = report('media-1');
    await expect
      .poll(() => read().then(({ status }) => status?.policyResourceVersion), { timeout: 5_000 })
      .toBe('42');
    expect(await read()).toMatchObject({
      spec: { pool: 'default' },
      status: { audit: { rows: 7, head: 'a1'.repeat(32) }, calls: 0 },
    });
    state.calls = 2;
    state.resourceVersion = '43';
    await expect.poll(() => read().then(({ status }) => status?.calls), { timeout: 5_000 }).toBe(2);
    const { metadata } = await read();
    for (let n = 0; n < 3; n++) await once(rounds, 'round');
    expect((await read()).metadata.resourceVersion).toBe(metadata.resourceVersion);
    state.notReady = ['draining'];
    await running.stop();
    const { status } = await read();
    expect(status?.conditions?.find(({ type }) => type === 'Ready')).toMatchObject({
      status: 'False',
      message: 'Listening is refused: draining.',
    });
  });

  it('says to the next sidecar where the audit records ended, until that knows itself, and that they are gone', async () => {
    const of = { api: own, namespace: 'medlyssning-system' };
    const head = { seq: 7, hash: 'a1'.repeat(32) };
    expect(await publishedHead(of, 'media-1')).toEqual(head);
    expect(await publishedHead(of, 'media-9')).toBeUndefined();
    state.auditRowsMissing = true;
    await report('media-1').stop();
    Object.assign(state, { audit: { seq: 0, hash: '' }, auditRowsMissing: false });
    await report('media-1').stop();
    expect(await publishedHead(of, 'media-1')).toEqual(head);
    const intact = async () =>
      (await read()).status?.conditions?.find(({ type }) => type === 'AuditIntact')?.status;
    expect(await intact()).toBe('False');
    await admin.delete(mediaNodes, { namespace: 'medlyssning-system', name: 'media-1' });
    await report('media-1').stop();
    expect([await intact(), await publishedHead(of, 'media-1')]).toEqual(['True', undefined]);
    state.audit = head;
  });

  it('comes back when somebody deletes it', async () => {
    state.notReady = [];
    const running = report('media-1');
    await expect
      .poll(() => read().then(({ status }) => status?.conditions?.[0]?.status), { timeout: 5_000 })
      .toBe('True');
    await admin.delete(mediaNodes, { namespace: 'medlyssning-system', name: 'media-1' });
    state.calls = 7;
    await expect
      .poll(
        () =>
          read().then(
            ({ status }) => status?.calls,
            () => undefined,
          ),
        { timeout: 10_000 },
      )
      .toBe(7);
    await running.stop();
  });

  it('cannot be that of another node', async () => {
    const running = report('media-2');
    await running.stop();
    await expect(read('media-2')).rejects.toMatchObject({ status: 404 });
  });
});
