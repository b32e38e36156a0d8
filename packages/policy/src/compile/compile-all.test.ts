import { expect, it } from 'vitest';
import type { Company } from '../generated/resources.ts';
import { createCompilerOfAll } from './compile-all.ts';
import { company, licence, noon, profile, user } from './made-up-resources.ts';

const acme = company();
const beta: Company = { ...company(), metadata: { name: 'beta', namespace: 'beta' } };

it('compiles each company by itself and tells of objects without one', () => {
  const lost = user('lost', { companyRef: { name: 'gone' } });
  const pro = licence('pro', { users: ['anna'], validUntil: '2026-04-01T00:00:00Z' });
  const { policies, statuses, nextChangeAt } = createCompilerOfAll()(
    [lost, acme, user('anna'), profile('inne', true), pro],
    noon,
  );
  expect(policies.map(({ metadata }) => metadata.name)).toEqual(['acme-0-of-1']);
  expect(statuses.get('User acme/lost')?.conditions).toMatchObject([
    { status: 'False', reason: 'CompanyUnknown' },
  ]);
  expect(statuses.get('User acme/anna')?.conditions).toMatchObject([
    { type: 'Ready', status: 'True' },
    {},
    {},
    {},
  ]);
  expect(nextChangeAt?.toISOString()).toBe('2026-04-01T00:00:00.000Z');
});

it('tells a company that its domain is claimed elsewhere, and not by whom (R10)', () => {
  const { statuses } = createCompilerOfAll()([acme, beta], noon);
  const [ready] = statuses.get('Company acme/acme')?.conditions ?? [];
  expect(ready).toMatchObject({ status: 'False', reason: 'DomainTaken' });
  expect(ready?.message).not.toContain('beta');
});

it('gives the same objects again where nothing changed', () => {
  const compileAll = createCompilerOfAll();
  const resources = [acme, user('anna'), profile('inne', true)];
  const [first] = compileAll(resources, noon).policies;
  expect(compileAll(resources, new Date(noon.getTime() + 1)).policies[0]).toBe(first);
});
