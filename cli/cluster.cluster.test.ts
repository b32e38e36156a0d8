import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRoutes } from '@medlyssning/media-sidecar/doors/http/add-routes.ts';
import { openHttpDoor } from '@medlyssning/media-sidecar/doors/http/http-door.ts';
import { loadKubeConfig } from '@medlyssning/media-sidecar/kubernetes/load-kube-config.ts';
import { listening } from '@medlyssning/media-sidecar/listen/listening.fixture.ts';
import { ActiveProfiles } from '@medlyssning/media-sidecar/policy/active-profiles.ts';
import {
  converged,
  type Hands,
  hands,
  startCluster,
  startOperatorHere,
} from '@medlyssning/operator/cluster.fixture.ts';
import type { Operator } from '@medlyssning/operator/operator.ts';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { createKubeApi, type KubeApi, type ReviewApi } from 'kube-runtime';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { explain } from './explain/explain.ts';
import { compileOrigin } from './explain/in-force.ts';
import { supposeNothing } from './explain/supposed.ts';
import { whoCanListen } from './explain/who-can-listen.ts';
import { kubectlWithPlugin } from './plugin.fixture.ts';
import { runHere } from './run-here.ts';
import { openOrigin } from './source/open-origin.ts';
import type { Origin } from './source/origin.ts';

const root = join(import.meta.dirname, '..');
const acme = join(root, 'examples', 'acme');
const at = new Date('2026-03-02T10:00:00Z');

let cluster: ControlPlane;
let operator: Operator;
let people: Hands;
let viewer: string;
let pbx: string;

const rbac = '/apis/rbac.authorization.k8s.io/v1';
const post = async (path: string, body: object) => {
  const { status, body: answer } = await cluster.request({ method: 'POST', path, body });
  expect([path, status, answer]).toEqual([path, 201, answer]);
  return answer;
};
/** A person who has the role in the namespace acme; their kubeconfig. */
const personWith = async (user: string, role: string, kind = 'ClusterRole'): Promise<string> => {
  await post(`${rbac}/namespaces/acme/rolebindings`, {
    metadata: { name: user },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role },
    subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: user }],
  });
  await untilEffective(user);
  return cluster.kubeconfigFor({ user });
};
/** The API server takes a moment to see a new role; each of these may list users. */
const untilEffective = async (user: string): Promise<void> => {
  const client = await cluster.clientFor({ user });
  const path = '/apis/medlyssning.dev/v1alpha1/namespaces/acme/users';
  const list = async () => (await client.request({ method: 'GET', path })).status;
  await vi.waitFor(async () => expect(await list()).toBe(200), { timeout: 10_000 });
  client.close();
};
const as = (kubeconfig: string, ...args: readonly string[]) =>
  runHere([...args, '--kubeconfig', kubeconfig, '-n', 'acme']);

beforeAll(async () => {
  cluster = await startCluster();
  await cluster.applyFiles([acme, join(root, 'examples', 'beta')]);
  people = hands(cluster);
  viewer = await personWith('vera', 'medlyssning-viewer');
  pbx = await personWith('pbx', 'medlyssning-pbx');
  // What stands in the files about active profiles, said as a PBX says it.
  const since = ['--since', '2025-01-07T07:00:00Z'];
  expect(await as(pbx, 'profile', 'anna', 'kundtjanst', ...since)).toEqual({
    code: 0,
    stdout: 'acme/anna has the profile kundtjanst since 2025-01-07T07:00:00.000Z, before it inne.\n',
    stderr: '',
  });
  const bo = await as(pbx, 'profile', 'bo', 'lunch', '--since', '2025-01-07T11:00:00Z');
  expect(bo).toMatchObject({ code: 0, stderr: '' });
  operator = await startOperatorHere(cluster);
  await converged(people);
});
afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

describe('a viewer of the company', () => {
  let inCluster: Origin;
  let inFolder: Origin;
  beforeAll(async () => {
    inCluster = (await openOrigin({ kubeconfig: viewer, namespace: 'acme' }, ['karin'])).origin;
    inFolder = (await openOrigin({ filename: acme }, [])).origin;
  });

  /** As the folder says it, without files and lines, and times as Kubernetes writes them. */
  const comparable = (value: unknown) =>
    JSON.parse(
      JSON.stringify(value, (key, one) => (key === 'place' ? undefined : one))
        .replace(/ \([^ ()]+\.yaml:\d+\)/g, '')
        .replace(/(:\d\d)\.000Z/g, '$1Z'),
    );

  it('gets the same explanation from the cluster as from the folder, for everybody and everybody', () => {
    const names = [...compileOrigin(inFolder, at).resources].flatMap(({ kind, metadata }) =>
      kind === 'User' ? [metadata.name] : [],
    );
    const reasons = new Set<string>();
    for (const listener of names)
      for (const target of names) {
        const asked = { listener, target, device: undefined, at, supposed: supposeNothing };
        const options = { namespace: 'acme', language: 'en' } as const;
        const told = explain(asked, inCluster, options);
        expect(comparable(told)).toEqual(comparable(explain(asked, inFolder, options)));
        reasons.add(told.reason);
      }
    expect(names).toHaveLength(12);
    expect([...reasons].toSorted()).toEqual([
      'Allowed',
      'DeviceNotAllowed',
      'ListenerLicenseMissing',
      'ListenerRightMissing',
      'ProfileForbids',
      'TargetIsListener',
      'TargetLicenseMissing',
    ]);
  });

  it('gets the same people who may listen', () => {
    for (const target of ['anna', 'bo', 'cilla', 'karin']) {
      const [here, there] = [inCluster, inFolder].map((origin) => whoCanListen(target, at, origin, 'acme'));
      expect(here).toEqual(there);
      expect(here?.listeners.length).toBeGreaterThan(1);
    }
  });

  it('asks the real kubectl, which finds its plugin', async () => {
    const question = ['medlyssning', 'explain', '--listener', 'karin', '--target', 'bo', '-n', 'acme'];
    const { ok, output } = await kubectlWithPlugin(question, viewer);
    expect(ok).toBe(false);
    expect(output).toContain('Karin Ek may not listen to Bo Dahl: ProfileForbids.');
    expect(output).toContain('User acme/bo  status.activeProfile.name: lunch\n');
    const who = await kubectlWithPlugin(['medlyssning', 'who-can-listen', 'acme/anna', '-o', 'json'], viewer);
    expect(JSON.parse(who.output).listeners[1]).toMatchObject({ name: 'acme/karin', reason: 'Allowed' });
    const help = await kubectlWithPlugin(['medlyssning', 'explain', '--help'], viewer);
    expect(help.output).toContain('  kubectl medlyssning explain --listener karin --target anna\n');
  });

  it('has names completed by the real kubectl, out of the cluster', async () => {
    const completed = async (...words: readonly string[]) =>
      (await kubectlWithPlugin(['__complete', 'medlyssning', ...words], viewer)).output;
    expect(await completed('who')).toContain('who-can-listen\t');
    expect(await completed('who-can-listen', '-n', 'acme', 'an')).toMatch(/\nanna\tAnna Berg\n:4\n/);
    expect(await completed('explain', '-n', 'acme', '--listener', 'ka')).toMatch(/\nkarin\tKarin Ek\n:4\n/);
  });

  it('may not switch a profile, and is told which role may', async () => {
    const { code, stdout, stderr } = await as(viewer, 'profile', 'anna', 'lunch');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/You may not switch the profile of acme\/anna\. Ask for the role medlyssning-pbx/);
  });
});

describe('what the caller may not read gives no verdict', () => {
  const question = ['explain', '--listener', 'karin', '--target', 'anna'];
  const refused = async (run: ReturnType<typeof as>, said: RegExp) => {
    const { code, stdout, stderr } = await run;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(said);
  };

  it('one who reads people but not entitlements', async () => {
    await post(`${rbac}/namespaces/acme/roles`, {
      metadata: { name: 'half' },
      rules: [
        {
          apiGroups: ['medlyssning.dev'],
          resources: ['companies', 'profiles', 'users', 'forkpolicies'],
          verbs: ['list'],
        },
      ],
    });
    const half = await personWith('hans', 'half', 'Role');
    const said = /^error: You may not read entitlements in namespace acme, .*medlyssning-viewer/;
    await refused(as(half, ...question), said);
    await refused(as(half, ...question, '-o', 'json'), said);
    await refused(as(half, 'who-can-listen', 'anna'), said);
  });

  it('one of another company, of which it learns nothing', async () => {
    const said = /^error: You may not read companies in namespace beta/;
    await refused(as(viewer, 'explain', '--listener', 'karin', '--target', 'beta/maja'), said);
    await refused(as(viewer, 'explain', '--listener', 'karin', '--target', 'beta/nobody'), said);
  });

  it('a stranger, and a cluster that is not there', async () => {
    const stranger = await cluster.kubeconfigFor({ user: 'stranger' });
    await refused(as(stranger, ...question), /You may not read companies in namespace acme/);
    const folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
    const file = join(folder, 'gone');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'gone',
        clusters: [{ name: 'gone', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'gone', user: {} }],
        contexts: [{ name: 'gone', context: { cluster: 'gone', user: 'gone' } }],
      }),
    );
    await refused(as(file, ...question), /^error: The cluster gave no answer: .*--filename/);
    rmSync(folder, { recursive: true });
  });

  it('one who names a context that is not there', async () => {
    const { code, stderr } = await as(viewer, ...question, '--context', 'prod');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: The kubeconfig has no context prod. It has: tests.\n',
    });
  });
});

describe('profile', () => {
  it('names what there is in place of what there is not', async () => {
    expect(await as(pbx, 'profile', 'anna', 'lnch')).toMatchObject({
      code: 2,
      stderr: 'error: acme/anna has no profile lnch. Did you mean lunch? It has: inne, kundtjanst, lunch.\n',
    });
    const { code, stderr } = await as(pbx, 'profile', 'nobody', 'lunch');
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/no User acme\/nobody/),
    });
  });

  it('does not undo a later switch', async () => {
    const { code, stderr } = await as(pbx, 'profile', 'bo', 'inne', '--since', '2024-01-01T00:00:00Z');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'error: A later switch of acme/bo stands there already; nothing was changed.\n',
    });
  });

  it('is said through a media sidecar, by a ServiceAccount that may', async () => {
    const account = { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' };
    const own: KubeApi & ReviewApi = createKubeApi(
      loadKubeConfig(await cluster.kubeconfigFor({ serviceAccount: account })),
    );
    const { origin } = await openOrigin({ filename: acme }, []);
    const { index } = compileOrigin(origin, new Date());
    const profiles = new ActiveProfiles();
    const stage = await listening();
    const auth = { kubernetes: { audience: 'medlyssning.dev' } };
    const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
    const door = await openHttpDoor({ listen, origins: [] }, pino({ level: 'silent' }), (app) =>
      addRoutes(app, { ...stage, know: { ...stage.know, index }, auth, cluster: { api: own }, profiles }),
    );
    const folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
    const file = join(folder, 'token');
    const through = ['--sidecar', `http://127.0.0.1:${door.port}`, '--token-file', file];
    const accounts = '/api/v1/namespaces/acme/serviceaccounts';
    await post(accounts, { metadata: { name: 'switchboard' } });
    const token = await post(`${accounts}/switchboard/token`, { spec: { audiences: ['medlyssning.dev'] } });
    writeFileSync(file, `${(token as { status: { token: string } }).status.token}\n`);

    const refused = await runHere(['profile', 'acme/lena', 'lunch', ...through]);
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/The sidecar refused \(403 Forbidden\)/),
    });
    await post(`${rbac}/namespaces/acme/rolebindings`, {
      metadata: { name: 'switchboard' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'medlyssning-pbx' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'acme', name: 'switchboard' }],
    });
    await expect
      .poll(() => runHere(['profile', 'acme/lena', 'lunch', ...through, '-o', 'json']), { timeout: 10_000 })
      .toMatchObject({ code: 0, stdout: expect.stringContaining('"profile": "lunch"') });
    expect((await people.get('User', 'acme', 'lena')).status?.activeProfile).toMatchObject({
      name: 'lunch',
      previous: 'inne',
    });
    rmSync(folder, { recursive: true });
    await door.close();
    await own.close();
  });
});

describe('while the operator is away', () => {
  it('says what media nodes still answer', async () => {
    await operator.stop();
    const { spec } = await people.get('Entitlement', 'acme', 'medlyssning');
    const users = spec.users?.filter((name) => name !== 'karin');
    await people.patch('Entitlement', 'acme', 'medlyssning', { spec: { users } });
    const { code, stdout } = await as(viewer, 'explain', '--listener', 'karin', '--target', 'anna');
    expect(code).toBe(1);
    expect(stdout).toContain('Karin Ek may not listen to Anna Berg: ListenerRightMissing.');
    expect(stdout).toContain('Entitlement acme/medlyssning  spec.users: does not name karin\n');
    expect(stdout).toMatch(/^Note: Media nodes answer Allowed still: /m);
  });
});
