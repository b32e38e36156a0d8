import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRoutes } from '@medlyssning/media-sidecar/doors/http/add-routes.ts';
import { openHttpDoor } from '@medlyssning/media-sidecar/doors/http/http-door.ts';
import { loadKubeConfig } from '@medlyssning/media-sidecar/kubernetes/load-kube-config.ts';
import { listening } from '@medlyssning/media-sidecar/listen/listening.fixture.ts';
import { ActiveProfiles } from '@medlyssning/media-sidecar/policy/active-profiles.ts';
import { createKubeApi, type KubeApi, type ReviewApi } from 'kube-runtime';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeCluster, acmeCluster, acmeFolder, as, rbac } from '../acme-cluster.fixture.ts';
import { compileOrigin } from '../explain/in-force.ts';
import { runHere } from '../run-here.ts';
import { openOrigin } from '../source/open-origin.ts';

let cluster: AcmeCluster;
beforeAll(async () => {
  cluster = await acmeCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

describe('profile', () => {
  it('names what there is in place of what there is not', async () => {
    expect(await as(cluster.pbx, 'profile', 'anna', 'lnch')).toMatchObject({
      code: 2,
      stderr: 'error: acme/anna has no profile lnch. Did you mean lunch? It has: inne, kundtjanst, lunch.\n',
    });
    const { code, stderr } = await as(cluster.pbx, 'profile', 'nobody', 'lunch');
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/no User acme\/nobody/),
    });
  });

  it('does not undo a later switch', async () => {
    const { code, stderr } = await as(
      cluster.pbx,
      'profile',
      'bo',
      'inne',
      '--since',
      '2024-01-01T00:00:00Z',
    );
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: 'error: A later switch of acme/bo stands there already; nothing was changed.\n',
    });
  });

  it('is said through a media sidecar, by a ServiceAccount that may', async () => {
    const account = { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' };
    const own: KubeApi & ReviewApi = createKubeApi(
      loadKubeConfig(await cluster.plane.kubeconfigFor({ serviceAccount: account })),
    );
    const { origin } = await openOrigin({ filename: acmeFolder }, []);
    const { index } = compileOrigin(origin, new Date());
    const profiles = new ActiveProfiles();
    const stage = await listening();
    const auth = { kubernetes: { audience: 'medlyssning.dev' } };
    const listen = { transport: 'tcp', host: '127.0.0.1', port: 0 } as const;
    const log = pino({ level: 'silent' });
    const door = await openHttpDoor({ listen, origins: [] }, log, (app) =>
      addRoutes(app, {
        ...stage,
        know: { ...stage.know, index },
        auth,
        cluster: { api: own },
        profiles,
        log,
      }),
    );
    const folder = mkdtempSync(join(tmpdir(), 'medlyssning-cli-'));
    const file = join(folder, 'token');
    const through = ['--server', `http://127.0.0.1:${door.port}`, '--token-file', file];
    const accounts = '/api/v1/namespaces/acme/serviceaccounts';
    await cluster.post(accounts, { metadata: { name: 'switchboard' } });
    const token = await cluster.post(`${accounts}/switchboard/token`, {
      spec: { audiences: ['medlyssning.dev'] },
    });
    writeFileSync(file, `${(token as { status: { token: string } }).status.token}\n`);

    const refused = await runHere(['profile', 'acme/lena', 'lunch', ...through]);
    expect(refused).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/The sidecar refused \(403 Forbidden\)/),
    });
    await cluster.post(`${rbac}/namespaces/acme/rolebindings`, {
      metadata: { name: 'switchboard' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'medlyssning-pbx' },
      subjects: [{ kind: 'ServiceAccount', namespace: 'acme', name: 'switchboard' }],
    });
    await expect
      .poll(() => runHere(['profile', 'acme/lena', 'lunch', ...through, '-o', 'json']), { timeout: 10_000 })
      .toMatchObject({ code: 0, stdout: expect.stringContaining('"profile": "lunch"') });
    expect((await cluster.hands.get('User', 'acme', 'lena')).status?.activeProfile).toMatchObject({
      name: 'lunch',
      previous: 'inne',
    });
    rmSync(folder, { recursive: true });
    await door.close();
    await own.close();
  });

  it('may not switch a profile, and is told which role may', async () => {
    const { code, stdout, stderr } = await as(cluster.viewer, 'profile', 'anna', 'lunch');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/You may not switch the profile of acme\/anna\. Ask for the role medlyssning-pbx/);
  });
});
