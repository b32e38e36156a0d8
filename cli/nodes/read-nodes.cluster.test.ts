import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AcmeCluster, acmeCluster } from '../acme-cluster.fixture.ts';
import { runHere } from '../run-here.ts';

let cluster: AcmeCluster;
beforeAll(async () => {
  cluster = await acmeCluster();
});
afterAll(() => cluster?.[Symbol.asyncDispose]());

const nodes = '/apis/medlyssning.dev/v1alpha1/namespaces/medlyssning-system/medianodes';
/** A node, as its sidecar writes it. */
const node = async (name: string, status?: object): Promise<void> => {
  await cluster.post(nodes, {
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'MediaNode',
    metadata: { name },
  });
  if (!status) return;
  const path = `${nodes}/${name}/status`;
  const answer = await cluster.plane.request({
    method: 'PATCH',
    path,
    body: { status },
    contentType: 'application/merge-patch+json',
  });
  expect(answer.status).toBe(200);
};

describe('calls and listens of a cluster', () => {
  it('are how many each media node says it has, and how old that is', async () => {
    const platform = await cluster.plane.kubeconfigFor({ user: 'platform', groups: ['system:masters'] });
    const asked = (...args: readonly string[]) => runHere([...args, '--kubeconfig', platform]);
    expect((await asked('calls')).stdout).toBe('There is no media node in namespace medlyssning-system.\n');
    const heard = (secondsAgo: number) => new Date(Date.now() - secondsAgo * 1_000).toISOString();
    const mirror = { state: 'Connected' };
    await node('media-1', { lastHeartbeatTime: heard(5), calls: 7, listens: 2, mirror });
    await node('media-2', { lastHeartbeatTime: heard(600), calls: 3, listens: 0, mirror });
    await node('media-3');
    const { code, stdout } = await asked('calls');
    expect(code).toBe(0);
    expect(stdout.replace(/\b\d+ s ago/, 'N s ago').replace(/for 6\d\d s/, 'for N s')).toBe(
      `NODE      POOL      READY     MIRROR      CALLS   LISTENS   HEARD
media-1   default   Unknown   Connected   7       2         N s ago
media-2   default   Unknown   Connected   3       0         silent for N s
media-3   default   Unknown   -           -       -         never
`,
    );
    expect(JSON.parse((await asked('calls', '-o', 'json')).stdout)).toMatchObject({
      namespace: 'medlyssning-system',
      nodes: [{ name: 'media-1', calls: 7 }, { name: 'media-2' }, { name: 'media-3' }],
    });
    const listens = await asked('listens', '--lang', 'sv');
    expect(listens.stdout).toMatch(/^NOD +POOL +REDO +SPEGEL +SAMTAL +MEDLYSSNINGAR +HÖRD\n/);
    expect(listens.stdout).toContain('kubectl -n medlyssning-system port-forward POD');
    expect(await asked('listens', '--watch')).toMatchObject({ code: 2, stdout: '' });
  });

  it('are not told to whoever may not read media nodes', async () => {
    expect(await runHere(['calls', '--kubeconfig', cluster.viewer])).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/^error: You may not read medianodes in namespace medlyssning-system/),
    });
  });
});
