import { createCompilerOfAll, parseResources, type Resource } from '@medlyssning/policy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerOf } from './lib/r3/answer.ts';
import { R3World } from './lib/r3/r3-world.ts';
import { create, type Json, objectOf, pathOf } from './lib/r3/requests.ts';

// R3 and R10: nothing in one namespace gives anything in another, and nothing but a right gives the right.

const now = new Date('2026-03-01T12:00:00Z');
let world: R3World;

beforeAll(async () => {
  world = await R3World.start();
});
afterAll(() => world.stop());

test('a right, a licence, a user and a profile elsewhere that name Acme change nothing of Acme', async () => {
  const before = await policiesOf('acme');
  const companyRef = { name: 'acme' };
  const person = {
    companyRef,
    displayName: 'Karin Ek',
    fixedNumber: '+46846500401',
    extension: '401',
    profiles: ['lunch'],
    subject: 'karin@acme.example',
  };
  for (const request of [
    create(
      'entitlements',
      { name: 'over-there' },
      { companyRef, right: 'Medlyssning', users: ['bo'] },
      'beta',
    ),
    create(
      'entitlements',
      { name: 'over-there-too' },
      { companyRef, license: 'KundkontaktPro', users: ['cilla'] },
      'beta',
    ),
    create('users', { name: 'karin' }, person, 'beta'),
    create('profiles', { name: 'lunch' }, { companyRef, displayName: 'Lunch', allowListening: true }, 'beta'),
  ])
    expect(answerOf(await world.request('neighbour', request))).toBe('yes');
  expect(await policiesOf('acme')).toEqual(before);
});

test('a licence that is named as the right is no right', async () => {
  const before = await policiesOf('acme');
  const licence = { companyRef: { name: 'acme' }, license: 'Medlyssning', users: ['bo'] };
  expect(answerOf(await world.request('sub', create('entitlements', { name: 'alike' }, licence)))).toBe(
    'yes',
  );
  expect(await policiesOf('acme')).toEqual(before);
});

test('a companyRef has no namespace', async () => {
  const spec = { companyRef: { name: 'acme', namespace: 'acme' }, right: 'Medlyssning', users: ['bo'] };
  const body = objectOf('entitlements', { name: 'reaching' }, spec);
  const path = `${pathOf('entitlements', '', 'beta')}?fieldValidation=`;
  const strict = await world.request('neighbour', { method: 'POST', path: `${path}Strict`, body });
  expect(strict).toMatchObject({ status: 400 });
  expect(JSON.stringify(strict.body)).toContain('unknown field \\"spec.companyRef.namespace\\"');
  const lax = await world.request('neighbour', { method: 'POST', path: `${path}Warn`, body });
  expect(lax.body).toMatchObject({ spec: { companyRef: { name: 'acme' } } });
  expect(lax.body).not.toHaveProperty('spec.companyRef.namespace');
});

test('who administers one company may write nothing in another', async () => {
  const right = { companyRef: { name: 'acme' }, right: 'Medlyssning', users: ['bo'] };
  expect(answerOf(await world.request('neighbour', create('entitlements', { name: 'x' }, right)))).toBe(
    'role',
  );
});

/** What the operator would write for the companies of a namespace, of all that the API server has. */
async function policiesOf(namespace: string): Promise<readonly unknown[]> {
  const resources = await Promise.all(['companies', 'profiles', 'users', 'entitlements'].map(stored));
  const { policies } = createCompilerOfAll()(resources.flat(), now);
  return policies.filter(({ metadata }) => metadata.namespace === namespace);
}

async function stored(resource: string): Promise<readonly Resource[]> {
  const { body } = await world.cluster.request({
    method: 'GET',
    path: `/apis/medlyssning.dev/v1alpha1/${resource}`,
  });
  const { items } = body as { readonly items: readonly { readonly metadata: Json }[] };
  // JSON is YAML, so the directory's reader reads what the API server gives, but for what the API server adds.
  const files = items.map(({ metadata: { managedFields, ...metadata }, ...item }, i) => ({
    file: `${resource}-${i}.yaml`,
    text: JSON.stringify({ ...item, metadata }),
  }));
  const parsed = parseResources(files);
  expect(parsed.problems).toEqual([]);
  return parsed.resources.map(({ resource: read }) => read);
}
