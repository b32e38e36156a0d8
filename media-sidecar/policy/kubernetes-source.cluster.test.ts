import { join } from 'node:path';
import type { ForkPolicy } from '@medlyssning/policy';
import { chartFiles } from '@medlyssning/tools/control-plane/chart-files.ts';
import { type ControlPlane, startControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { createKubeApi, type KubeApi } from 'kube-runtime';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadKubeConfig } from '../kubernetes/load-kube-config.ts';
import { forkPolicies } from '../kubernetes/resource-types.ts';
import { examplePolicies } from './example-policies.fixture.ts';
import { type KubernetesSource, openKubernetesSource } from './kubernetes-source.ts';
import { PolicyStore } from './policy-store.ts';

const root = join(import.meta.dirname, '..', '..');
const sidecar = { serviceAccount: { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' } };
const [acme] = await examplePolicies('acme');
const [beta] = await examplePolicies('beta');
if (!acme || !beta) throw new Error('the examples compile to nothing');

let cluster: ControlPlane;
let operator: KubeApi;
let own: KubeApi;
let store: PolicyStore;
let source: KubernetesSource;

/** As the operator would. */
const write = ({ metadata: { name, namespace }, spec }: ForkPolicy) =>
  operator.apply(forkPolicies, { metadata: { name, namespace }, spec } as Parameters<KubeApi['apply']>[1], {
    fieldManager: 'medlyssning-operator',
    force: true,
  });
const remove = ({ metadata: { name, namespace } }: ForkPolicy) =>
  operator.delete(forkPolicies, { name, namespace });

const without = (policy: ForkPolicy, name: string): ForkPolicy => ({
  ...policy,
  spec: { ...policy.spec, users: policy.spec.users.filter((user) => user.name !== name) },
});
const withCompany = (
  policy: ForkPolicy,
  change: (company: ForkPolicy['spec']['company']) => ForkPolicy['spec']['company'],
): ForkPolicy => ({ ...policy, spec: { ...policy.spec, company: change(policy.spec.company) } });

const knows = (company: string, name: string) =>
  store.index.userByName(`${company}/${company}`, name) !== undefined;
/** Resolves with the change after which it is so. */
const until = (isSo: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = store.subscribe(look);
    look();
  });

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.applyFiles([...chartFiles, join(root, 'examples', 'acme'), join(root, 'examples', 'beta')]);
  operator = createKubeApi(loadKubeConfig(cluster.adminKubeconfig));
  own = createKubeApi(loadKubeConfig(await cluster.kubeconfigFor(sidecar)));
});
afterAll(async () => {
  await operator?.close();
  await own?.close();
  await cluster?.stop();
});
beforeEach(async () => {
  await write(acme);
  await write(beta);
  store = new PolicyStore(Date.now);
  source = openKubernetesSource({
    api: own,
    pool: 'default',
    store,
    log: pino({ level: 'silent' }),
    now: Date.now,
  });
  await source.applied;
});
afterEach(() => source.close());

describe('the ForkPolicies of a cluster as the source of policy', () => {
  it('are in force once listed, and confirmed', () => {
    expect([knows('acme', 'karin'), knows('beta', 'bo')]).toEqual([
      true,
      store.index.userByName('beta/beta', 'bo') !== undefined,
    ]);
    expect(store.ageMs()).toBeLessThan(10_000);
    expect(Number(source.resourceVersion)).toBeGreaterThan(0);
  });

  it('change as the operator writes them, and the node says how far it is', async () => {
    const { metadata } = await write(without(acme, 'karin'));
    await until(() => !knows('acme', 'karin'));
    expect(knows('acme', 'anna')).toBe(true);
    expect(Number(source.resourceVersion)).toBeGreaterThanOrEqual(Number(metadata.resourceVersion));
  });

  it('end when they are deleted', async () => {
    await remove(acme);
    await until(() => !knows('acme', 'anna'));
    expect(store.index.company('beta/beta')).toBeDefined();
  });

  it('leave with their company for another pool, and come with it', async () => {
    await write(withCompany(acme, (company) => ({ ...company, mediaPool: 'blue' })));
    await until(() => !knows('acme', 'anna'));
    await write(acme);
    await until(() => knows('acme', 'anna'));
  });

  it('are not enforced where they require a rule that this version does not know, nor is what was in force before', async () => {
    const restricted = { ...acme, spec: { ...acme.spec, requires: ['QuietHours', 'SecondConsent'] } };
    const { spec } = (await write(restricted)) as unknown as ForkPolicy;
    expect(spec.requires).toEqual(['QuietHours', 'SecondConsent']);
    await until(() => !knows('acme', 'anna'));
    expect([store.index.company('acme/acme'), store.index.company('beta/beta')?.key]).toEqual([
      undefined,
      'beta/beta',
    ]);
    expect([...source.malformed]).toEqual([
      [
        `acme/${acme.metadata.name}`,
        expect.stringMatching(/^spec\.requires: .*know QuietHours, SecondConsent,/),
      ],
    ]);
    await write(acme);
    await until(() => knows('acme', 'anna'));
    expect(source.malformed.size).toBe(0);
  });

  it('stay while the API server is gone and grow old; what was revoked meanwhile ends when it is back', async () => {
    await cluster.killApiServer();
    const before = store.ageMs();
    await expect.poll(() => store.ageMs(), { timeout: 10_000 }).toBeGreaterThan(before + 1_000);
    expect(knows('acme', 'karin')).toBe(true);
    await cluster.startApiServer();
    await write(without(acme, 'karin'));
    await until(() => !knows('acme', 'karin'));
    await expect.poll(() => store.ageMs(), { timeout: 10_000 }).toBeLessThan(1_000);
  });

  it('are confirmed often enough for a company that wants them fresh', async () => {
    await write(
      withCompany(beta, (company) => ({
        ...company,
        listening: { ...company.listening, maxPolicyAgeSeconds: 5 },
      })),
    );
    await until(() => store.index.company('beta/beta')?.listening.maxPolicyAgeMs === 5_000);
    const until12s = Date.now() + 12_000;
    let oldest = 0;
    await expect
      .poll(
        () => {
          oldest = Math.max(oldest, store.ageMs());
          return Date.now() > until12s;
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe(true);
    expect(oldest).toBeLessThan(5_000);
    expect(oldest).toBeGreaterThan(1_000);
  });
});
