import type { AdminRequest } from '@medlyssning/tools/control-plane/admin-client.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf } from './lib/r3/answer.ts';
import { R3World } from './lib/r3/r3-world.ts';
import { create, dryRun, merge, pathOf, remove } from './lib/r3/requests.ts';

// R3 where one request is not enough: what is given and taken away, and what the control plane itself deletes.

const right = (users: readonly string[], companyRef = { name: 'acme' }) => ({
  companyRef,
  right: 'Medlyssning',
  users,
});
const person = { companyRef: { name: 'acme' }, displayName: 'Somebody', profiles: ['inne'] };
const soon = { timeout: 20_000, interval: 100 };

let world: R3World;
beforeAll(async () => {
  world = await R3World.start();
});
afterAll(() => world.stop());

test('whoever gets the right is guarded from then on, and free when it is taken away', async () => {
  const rename = (displayName: string) => as('sub', merge('users/bo', { spec: { displayName } }));
  expect(await rename('Bo D')).toBe('yes');
  expect(await as('company', create('entitlements', { name: 'for-bo' }, right(['bo'])))).toBe('yes');
  await expect.poll(() => rename(`Bo ${Date.now()}`), soon).toBe('holders-granted');
  expect(await as('company', merge('users/bo', { spec: { displayName: 'Bo Dahl' } }))).toBe('yes');
  expect(await as('company', merge('entitlements/for-bo', { spec: { users: ['bo', 'ivar'] } }))).toBe('yes');
  await expect.poll(() => as('sub', dryRun(remove('users/ivar'))), soon).toBe('holders-granted');
  expect(await as('sub', remove('users/ivar'))).toBe('holders-granted');
  expect(await as('sub', remove('entitlements/for-bo'))).toBe('rights');
  expect(await as('company', remove('entitlements/for-bo'))).toBe('yes');
  await expect.poll(() => rename(`Bo ${Date.now()}`), soon).toBe('yes');
  expect(await as('sub', remove('users/ivar'))).toBe('yes');
});

test('a right is not moved from one object to another: giving and taking are both writing a right', async () => {
  expect(await as('sub', create('entitlements', { name: 'second' }, right(['karin'])))).toBe('rights');
  expect(await as('company', create('entitlements', { name: 'second' }, right(['karin'])))).toBe('yes');
  expect(await as('sub', remove('entitlements/second'))).toBe('rights');
  const licence = { companyRef: { name: 'acme' }, license: 'KundkontaktPro', users: ['karin'] };
  expect(await as('sub', create('entitlements', { name: 'third' }, licence))).toBe('yes');
  expect(await as('sub', merge('entitlements/third', { spec: right(['karin']) }))).toBe('schema');
});

test('a status that comes with a new object is dropped', async () => {
  const made = await world.request('sub', {
    ...create('users', { name: 'fresh' }, person),
    body: {
      apiVersion: 'medlyssning.dev/v1alpha1',
      kind: 'User',
      metadata: { name: 'fresh' },
      spec: person,
      status: { mayListen: true, activeProfile: { name: 'inne', since: '2026-01-01T00:00:00Z' } },
    },
  });
  expect(made.status).toBe(201);
  for (const field of ['mayListen', 'activeProfile']) expect(made.body).not.toHaveProperty(`status.${field}`);
});

test('the garbage collector deletes no right and no holder, whoever owned them', async () => {
  const owner = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'gone',
    uid: '00000000-0000-4000-8000-000000000000',
  };
  const ownerReferences = { metadata: { ownerReferences: [owner] } };
  const owned = ['entitlements/medlyssning', 'users/karin', 'users/lena', 'users/cilla', 'users/eva'];
  for (const target of owned)
    expect((await world.cluster.request(merge(target, ownerReferences))).status).toBe(200);
  // Eva holds nothing, so she shows that the collector has been here.
  await expect.poll(() => exists('users/eva'), soon).toBe(false);
  await expect.poll(() => refusedCollections().length, soon).toBeGreaterThanOrEqual(owned.length - 1);
  for (const target of owned.slice(0, -1)) expect(await exists(target)).toBe(true);
  expect(refusedCollections()).toEqual(['cilla', 'karin', 'lena', 'medlyssning']);
});

test('what waits for its dependents is deleted in the end', async () => {
  const foreground = (target: string): AdminRequest => ({
    ...remove(target),
    path: `${pathOf(target)}?propagationPolicy=Foreground`,
  });
  await as('company', create('users', { name: 'short' }, person));
  await as('company', create('entitlements', { name: 'short' }, right(['short'])));
  await expect.poll(() => as('sub', dryRun(remove('users/short'))), soon).toBe('holders-granted');
  expect(await as('sub', remove('users/short'))).toBe('holders-granted');
  expect(await as('company', foreground('users/short'))).toBe('yes');
  expect(await as('company', foreground('entitlements/short'))).toBe('yes');
  await expect.poll(() => exists('entitlements/short'), soon).toBe(false);
  await expect.poll(() => exists('users/short'), soon).toBe(false);
});

test('a namespace goes with the rights, the holders and the company in it', async () => {
  const companyRef = { name: 'closing' };
  const make = async (request: AdminRequest) =>
    expect((await world.cluster.request(request)).status).toBe(201);
  await make({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'closing' } } });
  const spec = {
    displayName: 'Closing',
    domains: ['closing.example'],
    country: 'SE',
    language: 'sv',
    numberRanges: [],
  };
  await make(create('companies', { name: 'closing' }, spec, 'closing'));
  await make(create('users', { name: 'last' }, { ...person, companyRef }, 'closing'));
  await make(create('entitlements', { name: 'last' }, right(['last'], companyRef), 'closing'));
  await make(create('medianodes', { name: 'last' }, { pool: 'default' }, 'closing'));
  const namespace = { path: '/api/v1/namespaces/closing' };
  expect((await world.cluster.request({ method: 'DELETE', ...namespace })).status).toBe(200);
  const status = async () => (await world.cluster.request({ method: 'GET', ...namespace })).status;
  await expect.poll(status, { timeout: 50_000, interval: 200 }).toBe(404);
});

async function as(actor: string, request: AdminRequest): Promise<string> {
  return answerOf(await world.request(actor, request));
}

async function exists(target: string): Promise<boolean> {
  return (await world.cluster.request({ method: 'GET', path: pathOf(target) })).status === 200;
}

/** Which objects of ours the garbage collector tried to delete, and was refused. */
function refusedCollections(): readonly string[] {
  const refused = world.cluster
    .auditEvents()
    .filter(
      ({ verb, user, objectRef, responseStatus }) =>
        verb === 'delete' &&
        user.username === 'system:serviceaccount:kube-system:generic-garbage-collector' &&
        objectRef?.apiGroup === 'medlyssning.dev' &&
        responseStatus?.code === 403,
    );
  return [...new Set(refused.map(({ objectRef }) => objectRef?.name ?? ''))].sort();
}
