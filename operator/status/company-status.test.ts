import type { Company } from '@medlyssning/policy';
import { expect, it } from 'vitest';
import { acme } from '../made-up.fixture.ts';
import { type CompanyView, companyStatus } from './company-status.ts';

const now = new Date('2026-03-01T12:00:00Z');
const view = (changes: Partial<CompanyView> = {}): CompanyView => ({
  company: acme({ generation: 4 }),
  compiled: { users: 3, licensed: 2, mayListen: 1, shards: 1, seats: { used: 2, total: 10 } },
  taken: [],
  paused: false,
  enforcement: { total: 2, enforcing: 2 },
  guarded: { type: 'Guarded', holds: true, reason: 'Installed', message: 'All are there.' },
  ...changes,
});
const conditions = (changes: Partial<CompanyView>) =>
  companyStatus(view(changes), now).conditions?.map(
    ({ type, status, reason }) => `${type} ${status} ${reason}`,
  );

it('tells all of a company that is well', () => {
  const status = companyStatus(view(), now);
  expect(status).toMatchObject({
    observedGeneration: 4,
    users: 3,
    seats: { used: 2, total: 10 },
    nodes: { total: 2, enforcing: 2 },
  });
  expect(status.conditions?.map(({ type, status: holds }) => [type, holds])).toEqual([
    ['Ready', 'True'],
    ['Enforced', 'True'],
    ['Guarded', 'True'],
  ]);
  expect(status.conditions?.every(({ observedGeneration }) => observedGeneration === 4)).toBe(true);
});

it.each<readonly [what: string, changes: Partial<CompanyView>, ready: string]>([
  ['a domain claimed elsewhere', { taken: ['acme.example'] }, 'Ready False DomainTaken'],
  ['a policy that cannot be written', { problem: 'Forbidden.' }, 'Ready False PolicyNotWritten'],
  ['a company that cannot be read', { flaw: 'spec.country is missing.' }, 'Ready False Unreadable'],
  ['a pause, before all else', { paused: true, taken: ['acme.example'] }, 'Ready Unknown Paused'],
])('is not Ready with %s', (_, changes, ready) => {
  expect(conditions(changes)?.[0]).toBe(ready);
});

it('keeps the counts while it is paused, and the time of a condition that stays', () => {
  const since = '2026-02-01T00:00:00Z';
  const paused = {
    type: 'Ready',
    status: 'Unknown',
    reason: 'Paused',
    message: '',
    lastTransitionTime: since,
  } as const;
  const company: Company = { ...acme(), status: { users: 7, conditions: [paused] } };
  const status = companyStatus(view({ company, compiled: undefined, paused: true }), now);
  expect(status.users).toBe(7);
  expect(status.conditions?.[0]?.lastTransitionTime).toBe(since);
});
