import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createCompilerOfAll } from '@medlyssning/policy';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  converged,
  examples,
  fromFiles,
  type Hands,
  hands,
  operatorUser,
  policiesThere,
  specsOf,
  startCluster,
  startOperatorHere,
} from './cluster.fixture.ts';
import type { Operator } from './operator.ts';

let cluster: ControlPlane;
let operator: Operator;
let at: Hands;

beforeAll(async () => {
  cluster = await startCluster();
  at = hands(cluster);
  operator = await startOperatorHere(cluster);
  await cluster.applyFiles(examples);
});
afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

const files = examples.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
const row = async (company: string, name: string) => {
  const policies = Object.values(await policiesThere(at)).filter(
    ({ companyRef }) => companyRef.name === company,
  );
  return policies.flatMap(({ users }) => users).find((user) => user.name === name);
};
/** Writes of ForkPolicies by the operator so far. */
const writes = () =>
  cluster
    .auditEvents()
    .filter(
      ({ user, verb, objectRef, stage }) =>
        stage === 'ResponseComplete' &&
        user.username === operatorUser &&
        objectRef?.resource === 'forkpolicies' &&
        objectRef.subresource === undefined &&
        ['create', 'update', 'patch', 'delete'].includes(verb),
    ).length;
const conditions = async (
  kind: 'Company' | 'User' | 'Entitlement' | 'Profile' | 'ForkPolicy',
  namespace: string,
  name: string,
) =>
  Object.fromEntries(
    ((await at.get(kind, namespace, name)).status?.conditions ?? []).map(({ type, status, reason }) => [
      type,
      `${status} ${reason}`,
    ]),
  );

test('what is applied becomes policy, byte for byte what a directory of the same YAML gives', async () => {
  await converged(at);
  // The active profile is status, which `kubectl apply` leaves alone: the PBX says it.
  const directory = fromFiles(files);
  for (const { kind, metadata, status } of directory.filter((o) => o.kind === 'User'))
    if (status && 'activeProfile' in status && status.activeProfile)
      await at.patch(
        kind,
        metadata.namespace,
        metadata.name,
        { status: { activeProfile: status.activeProfile } },
        '/status',
      );
  const wanted = specsOf(createCompilerOfAll()(directory, new Date()).policies);
  await expect.poll(() => policiesThere(at), { timeout: 10_000 }).toEqual(wanted);
});

test('each policy is owned by its company and labelled for its pool', async () => {
  const company = await at.get('Company', 'acme', 'acme');
  const [policy] = (await at.list('ForkPolicy')).filter(({ metadata }) => metadata.namespace === 'acme');
  expect(policy?.metadata).toMatchObject({
    labels: { 'medlyssning.dev/pool': 'default', 'medlyssning.dev/company': 'acme' },
    ownerReferences: [{ kind: 'Company', name: 'acme', uid: company.metadata.uid, controller: true }],
  });
});

test('status tells of each object what was found', async () => {
  await expect
    .poll(() => conditions('Company', 'acme', 'acme'), { timeout: 10_000 })
    .toEqual({ Ready: 'True Compiled', Enforced: 'Unknown NoMediaNodes', Guarded: 'True Installed' });
  await expect
    .poll(() => conditions('User', 'acme', 'filip'), { timeout: 10_000 })
    .toEqual({
      Ready: 'True Compiled',
      Licensed: 'False LicenseMissing',
      MayListen: 'True RightGranted',
      Listenable: 'False TargetLicenseMissing',
    });
  await expect
    .poll(() => conditions('Entitlement', 'acme', 'medlyssning'), { timeout: 10_000 })
    .toEqual({ Ready: 'True Compiled' });
  await expect
    .poll(() => conditions('ForkPolicy', 'acme', 'acme-0-of-1'), { timeout: 10_000 })
    .toEqual({ Ready: 'True Compiled' });
  await expect
    .poll(() => conditions('Profile', 'beta', 'inne'), { timeout: 10_000 })
    .toEqual({ Ready: 'True Compiled' });
  const acme = await at.get('Company', 'acme', 'acme');
  expect(acme.status).toMatchObject({
    users: 12,
    licensed: 9,
    mayListen: 4,
    seats: { used: 9, total: 13 },
    shards: 1,
    nodes: { total: 0, enforcing: 0 },
  });
});

test('a right that is taken away changes its shard, with one write', async () => {
  expect(await row('acme', 'sven')).toMatchObject({ mayListen: true });
  const before = writes();
  await at.patch('Entitlement', 'acme', 'medlyssning', { spec: { users: ['karin', 'filip', 'greta'] } });
  await expect.poll(() => row('acme', 'sven'), { timeout: 5_000 }).toMatchObject({ mayListen: false });
  await expect
    .poll(() => conditions('User', 'acme', 'sven'), { timeout: 5_000 })
    .toMatchObject({ MayListen: 'False RightMissing' });
  await expect.poll(writes).toBe(before + 1);
  const told = async () =>
    (
      await cluster.kubectl([
        'get',
        'events',
        '-n',
        'acme',
        '-o',
        'custom-columns=:involvedObject.name,:reason',
      ])
    ).output;
  await expect.poll(told, { timeout: 10_000 }).toMatch(/^sven +RightMissing$/m);
});

test('a policy edited by hand is put back, whatever was edited', async () => {
  const name = 'acme-0-of-1';
  const { spec, metadata } = await at.get('ForkPolicy', 'acme', name);
  const mallory = { ...spec.users[0], name: 'mallory', mayListen: true };
  const edits: readonly unknown[] = [
    { spec: { users: [...spec.users, mallory] } },
    { spec: { users: spec.users.map((user) => ({ ...user, mayListen: true })) } },
    { spec: { users: [] } },
    { metadata: { labels: { 'medlyssning.dev/pool': 'elsewhere' } } },
    { metadata: { ownerReferences: null } },
  ];
  for (const edit of edits) {
    await at.patch('ForkPolicy', 'acme', name, edit);
    await expect
      .poll(async () => {
        const now = await at.get('ForkPolicy', 'acme', name);
        return [now.spec, now.metadata.labels, now.metadata.ownerReferences];
      })
      .toEqual([spec, metadata.labels, metadata.ownerReferences]);
  }
});

test('a policy that is deleted comes back, and one that nobody compiled goes', async () => {
  await at.remove('ForkPolicy', 'acme', 'acme-0-of-1');
  await converged(at);
  const { spec } = await at.get('ForkPolicy', 'acme', 'acme-0-of-1');
  const policy = (namespace: string, name: string, company: string) =>
    at.create({
      apiVersion: 'medlyssning.dev/v1alpha1',
      kind: 'ForkPolicy',
      metadata: { namespace, name },
      spec: { ...spec, companyRef: { name: company } },
    });
  await policy('acme', 'forged', 'acme');
  await policy('beta', 'acme-0-of-1', 'acme');
  await converged(at);
});

test('nothing of a paused company is written, and all of it afterwards', async () => {
  await at.patch('Company', 'acme', 'acme', {
    metadata: { annotations: { 'medlyssning.dev/paused': 'true' } },
  });
  await expect
    .poll(() => conditions('Company', 'acme', 'acme'), { timeout: 5_000 })
    .toMatchObject({ Ready: 'Unknown Paused' });
  const before = writes();
  await at.patch('Entitlement', 'acme', 'medlyssning', { spec: { users: ['filip'] } });
  // Something that comes after it in every queue.
  await at.patch('Profile', 'beta', 'inne', { spec: { allowListening: true } });
  await expect.poll(() => row('beta', 'maja')).toMatchObject({ profiles: [{ allowListening: true }] });
  expect(await row('acme', 'karin')).toMatchObject({ mayListen: true });
  expect(writes()).toBe(before + 1);
  await at.patch('Company', 'acme', 'acme', {
    metadata: { annotations: { 'medlyssning.dev/paused': null } },
  });
  await converged(at);
  expect(await row('acme', 'karin')).toMatchObject({ mayListen: false });
});

test('a validity begins and ends at its time, without any event', async () => {
  const at1 = new Date(Date.now() + 2_000);
  const at2 = new Date(Date.now() + 4_000);
  await at.create({
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'Entitlement',
    metadata: { name: 'for-a-while', namespace: 'acme' },
    spec: {
      companyRef: { name: 'acme' },
      right: 'Medlyssning',
      users: ['eva'],
      validFrom: at1.toISOString(),
      validUntil: at2.toISOString(),
    },
  });
  await expect
    .poll(() => conditions('User', 'acme', 'eva'), { timeout: 2_000 })
    .toMatchObject({ MayListen: 'False NotYetValid' });
  await expect
    .poll(() => row('acme', 'eva'), { timeout: 5_000 })
    .toMatchObject({ mayListen: true, mayListenUntil: at2.toISOString() });
  expect(Date.now()).toBeGreaterThanOrEqual(at1.getTime());
  await expect.poll(() => row('acme', 'eva'), { timeout: 5_000 }).toMatchObject({ mayListen: false });
  expect(Date.now()).toBeGreaterThanOrEqual(at2.getTime());
});

test('a company that is deleted takes its policies with it, and its people say so', async () => {
  await at.remove('Company', 'beta', 'beta');
  await expect
    .poll(async () => Object.keys(await policiesThere(at)).filter((key) => key.startsWith('beta/')), {
      timeout: 5_000,
    })
    .toEqual([]);
  await expect
    .poll(() => conditions('User', 'beta', 'maja'), { timeout: 5_000 })
    .toMatchObject({ Ready: 'False CompanyUnknown' });
});

test('every status that people wait for is of the generation there is, in each condition (kstatus)', async () => {
  const stale = async () =>
    [
      ...(await at.list('Company')),
      ...(await at.list('User')),
      ...(await at.list('Profile')),
      ...(await at.list('Entitlement')),
    ].flatMap(({ kind, metadata, status }) =>
      status?.observedGeneration === metadata.generation &&
      status?.conditions?.every(({ observedGeneration }) => observedGeneration === metadata.generation)
        ? []
        : [`${kind} ${metadata.name}`],
    );
  await expect.poll(stale, { timeout: 10_000 }).toEqual([]);
});
