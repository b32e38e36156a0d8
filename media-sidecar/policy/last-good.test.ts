import type { LocatedResource, Problem, Resource } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { type GoodObjects, keepLastGood, nameOf } from './last-good.ts';

const user = (name: string, displayName: string, file = 'users.yaml'): LocatedResource => ({
  file,
  line: 1,
  resource: {
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'acme' },
    spec: { companyRef: { name: 'acme' }, displayName, devices: [], profiles: ['inne'] },
  } satisfies Resource,
});

const problem = (object: string, file = 'users.yaml'): Problem => ({
  file,
  line: 1,
  column: 1,
  object,
  field: 'spec',
  message: 'wrong',
});

const before: GoodObjects = new Map([['users.yaml', [user('anna', 'Anna'), user('bo', 'Bo')]]]);
const inForce = (after: GoodObjects) =>
  [...after.values()]
    .flat()
    .map((o) => `${nameOf(o)} ${'displayName' in o.resource.spec ? o.resource.spec.displayName : ''}`);

describe('what a broken edit leaves in force', () => {
  it('takes good objects as they are now, and lets removed ones go', () => {
    expect(inForce(keepLastGood(before, ['users.yaml'], [user('anna', 'Anna B')], []))).toEqual([
      'User acme/anna Anna B',
    ]);
  });

  it('keeps the last good form of an object that has a mistake, and changes the others', () => {
    const after = keepLastGood(before, ['users.yaml'], [user('bo', 'Bo D')], [problem('User acme/anna')]);
    expect(inForce(after).sort()).toEqual(['User acme/anna Anna', 'User acme/bo Bo D']);
  });

  it('keeps all of a file that is no YAML any more', () => {
    expect(inForce(keepLastGood(before, ['users.yaml'], [], [problem('')]))).toHaveLength(2);
  });

  it('invents nothing for an object that never was good', () => {
    expect(inForce(keepLastGood(new Map(), ['users.yaml'], [], [problem('User acme/anna')]))).toEqual([]);
  });

  it('drops a file that is gone, whatever else is wrong', () => {
    expect(inForce(keepLastGood(before, ['other.yaml'], [], [problem('', 'other.yaml')]))).toEqual([]);
  });
});
