import type { Company, Entitlement, ForkPolicy, MediaNode, Profile, User } from '@medlyssning/policy';
import { beforeEach, describe, expect, it } from 'vitest';
import { CompanyCompiler } from '../compile/company-compiler.ts';
import { wantedPolicy } from '../compile/wanted-policy.ts';
import { acme, entitlement, profile, user } from '../made-up.fixture.ts';
import type { Stored } from '../watch/resources.ts';
import { createStores, type Stores } from '../watch/stores.ts';
import type { ObjectKey } from './object-key.ts';
import { Reporter } from './reporter.ts';
import { SpecVersions } from './spec-versions.ts';

const now = new Date('2026-03-01T12:00:00Z');
const stored = <T extends Company | Entitlement | ForkPolicy | MediaNode | Profile | User>(
  object: T,
  version = '1',
) => ({ ...object, metadata: { uid: 'uid', ...object.metadata, resourceVersion: version } }) as Stored<T>;

let stores: Stores;
let compiler: CompanyCompiler;
let reporter: Reporter;
let queued: ObjectKey[];
beforeEach(() => {
  stores = createStores((error) => {
    throw error;
  });
  compiler = new CompanyCompiler(stores);
  queued = [];
  reporter = new Reporter({
    stores,
    compiler,
    versions: new SpecVersions(stores.policies),
    guarded: () => ({ type: 'Guarded', holds: true, reason: 'Installed', message: 'There.' }),
    now: () => now,
    enqueue: (key) => queued.push(key),
  });
  stores.companies.set(stored(acme()));
  stores.profiles.set(stored(profile('inne', true)));
  stores.users.set(stored(user('anna')));
  stores.users.set(stored(user('bo')));
  stores.entitlements.set(stored(entitlement('pro', { license: 'KundkontaktPro', users: ['anna'] })));
});

const reconcile = (problem?: Error) => {
  queued.length = 0;
  const outcome = compiler.compile('acme/acme', now);
  reporter.report('acme/acme', {
    outcome,
    applied: 0,
    deleted: 0,
    postponed: 0,
    ...(problem && { problem }),
  });
  return outcome;
};
const ready = (key: ObjectKey) => {
  const condition = reporter.desired(key)?.status.conditions?.find(({ type }) => type === 'Ready');
  return condition && `${condition.status} ${condition.reason}`;
};

describe('the reporter', () => {
  it('says nothing before a company was compiled, and then all of it', () => {
    expect(reporter.desired('User acme/anna')).toBeUndefined();
    reconcile();
    expect(queued).toEqual([
      'Company acme/acme',
      'Profile acme/inne',
      'Entitlement acme/pro',
      'ForkPolicy acme/acme-0-of-1',
      'User acme/anna',
      'User acme/bo',
    ]);
    const there = queued.filter((key) => !key.startsWith('ForkPolicy'));
    expect(there.map(ready)).toEqual(there.map(() => 'True Compiled'));
    expect(reporter.desired('User acme/anna')?.status).toMatchObject({ licensed: true });
  });

  it('names only the users that changed', () => {
    reconcile();
    stores.users.set(stored(user('bo', { generation: 2 }), '2'));
    reconcile();
    expect(queued.filter((key) => key.startsWith('User'))).toEqual(['User acme/bo']);
  });

  it('does not pass off what was found of an older generation', () => {
    reconcile();
    stores.users.set(stored(user('anna', { generation: 2 }), '2'));
    expect(reporter.desired('User acme/anna')).toBeUndefined();
  });

  it('keeps to the company while it is paused', () => {
    reconcile();
    stores.companies.set(stored(acme({ annotations: { 'medlyssning.dev/paused': 'true' } }), '2'));
    reconcile();
    expect(queued).toEqual(['Company acme/acme']);
    expect(ready('Company acme/acme')).toBe('Unknown Paused');
    expect(reporter.desired('User acme/anna')).toBeUndefined();
  });

  it('tells that policies could not be written', () => {
    reconcile(new Error('It is forbidden.'));
    expect(ready('Company acme/acme')).toBe('False PolicyNotWritten');
  });

  it('names what changed while policies could not be written, once they can', () => {
    reconcile();
    const bo = user('bo', { generation: 2 });
    stores.users.set(stored({ ...bo, spec: { ...bo.spec, displayName: 'Bo' } }, '2'));
    reconcile(new Error('It is forbidden.'));
    expect(queued).toEqual(['Company acme/acme']);
    reconcile();
    expect(queued).toEqual(expect.arrayContaining(['ForkPolicy acme/acme-0-of-1', 'User acme/bo']));
    reconcile();
    expect(queued.filter((key) => /^(ForkPolicy|User)/.test(key))).toEqual([]);
  });

  it('names all again after it was told to forget', () => {
    reconcile();
    reporter.reset();
    reconcile();
    expect(queued).toHaveLength(6);
  });

  it('tells members of a company that is not there', () => {
    stores.companies.delete('acme/acme');
    reconcile();
    expect(ready('User acme/anna')).toBe('False CompanyUnknown');
    expect(ready('Entitlement acme/pro')).toBe('False CompanyUnknown');
  });

  it('leaves out an object that cannot be read, and says so', () => {
    const odd = stored(user('odd'));
    stores.users.set({ ...odd, spec: { ...odd.spec, devices: 'desk' as never } });
    const outcome = reconcile();
    expect(outcome.kind === 'compiled' && outcome.compiled.statuses.users.names()).not.toContain('odd');
    expect(ready('User acme/odd')).toBe('False Unreadable');
    expect(ready('User acme/anna')).toBe('True Compiled');
  });

  it('lets nobody listen in a company that cannot be read', () => {
    const company = stored(acme(), '2');
    stores.companies.set({ ...company, spec: { ...company.spec, domains: undefined as never } });
    expect(reconcile().kind).toBe('unsound');
    expect(ready('Company acme/acme')).toBe('False Unreadable');
  });

  it('tells both companies of a domain they share, and one of them no more once it is alone', () => {
    const other = acme({ name: 'beta', namespace: 'beta', uid: 'uid-beta' });
    stores.companies.set(stored(other));
    reconcile();
    expect(ready('Company acme/acme')).toBe('False DomainTaken');
    stores.companies.delete('beta/beta');
    expect(ready('Company acme/acme')).toBe('True Compiled');
  });

  it('counts a node as enforcing by the version since which the policy says what it says', () => {
    const node = (policyResourceVersion: string): Stored<MediaNode> =>
      stored({
        apiVersion: 'medlyssning.dev/v1alpha1',
        kind: 'MediaNode',
        metadata: { name: 'media-1', namespace: 'medlyssning-system' },
        spec: { pool: 'default' },
        status: { policyResourceVersion, lastHeartbeatTime: now.toISOString() },
      });
    const outcome = reconcile();
    const [policy] = outcome.kind === 'compiled' ? outcome.wanted.map(wantedPolicy) : [];
    if (policy === undefined) throw new Error('A company has a shard.');
    const at = (version: string, generation: number) =>
      stores.policies.set(stored({ ...policy, metadata: { ...policy.metadata, generation } }, version));
    const nodes = () => reporter.desired('Company acme/acme')?.status;
    at('10', 1);
    stores.nodes.set(node('10'));
    expect(nodes()).toMatchObject({ nodes: { total: 1, enforcing: 1 } });
    at('12', 1); // its status was written
    expect(nodes()).toMatchObject({ nodes: { total: 1, enforcing: 1 } });
    at('14', 2);
    expect(nodes()).toMatchObject({ nodes: { total: 1, enforcing: 0 } });
  });
});
