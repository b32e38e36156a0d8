import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { argocdHealth } from './argocd-health.ts';
import { type Judged, kstatusOf } from './kstatus.ts';
import { readStates, type State } from './read-states.ts';

const states = readStates();
const kinds = [...new Set(states.map(({ kind }) => kind))];
const plurals = new Map([
  ['Company', 'companies'],
  ['Entitlement', 'entitlements'],
  ['ForkPolicy', 'forkpolicies'],
]);
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
  for (const name of ['acme', 'medlyssning-system']) await cluster.kubectl(['create', 'namespace', name]);
});
afterAll(() => cluster.stop());

it.each(kinds)('%s: it is on its way from when it is made until somebody has looked at it', async (kind) => {
  const made = states.find((state) => state.kind === kind);
  if (made === undefined) throw new Error(`There is no state of ${kind}.`);
  const { comment: _, status: __, ...object } = made;
  await cluster.request({ method: 'POST', path: listOf(made), body: object });
  const stored = await get(made);
  expect(kstatusOf(stored)).toBe('InProgress');
  expect((await argocdHealth(stored)).status).toBe('Progressing');
  expect(stored.status).toEqual(made.status);
});

it('the active profile alone does not make a User ready', async () => {
  const user = states.find(({ kind }) => kind === 'User');
  if (user === undefined) throw new Error('There is no state of User.');
  const activeProfile = { name: 'inne', since: '2026-03-01T12:00:00Z' };
  await cluster.request({
    method: 'PATCH',
    path: `${listOf(user)}/${user.metadata.name}/status`,
    contentType: 'application/merge-patch+json',
    body: { status: { activeProfile } },
  });
  const stored = await get(user);
  expect(stored.status).toMatchObject({ activeProfile });
  expect(kstatusOf(stored)).toBe('InProgress');
});

function listOf({ kind, metadata }: State): string {
  const plural = plurals.get(kind) ?? `${kind.toLowerCase()}s`;
  return `/apis/medlyssning.dev/v1alpha1/namespaces/${metadata.namespace}/${plural}`;
}

async function get(state: State): Promise<Judged & { readonly kind: string }> {
  const { body } = await cluster.request({ method: 'GET', path: `${listOf(state)}/${state.metadata.name}` });
  return body as Judged & { readonly kind: string };
}
