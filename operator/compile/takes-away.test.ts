import { compile, type ForkPolicy } from '@medlyssning/policy';
import { expect, it } from 'vitest';
import { acme, entitlement, profile, user } from '../made-up.fixture.ts';
import { takesAway } from './takes-away.ts';

type Input = Parameters<typeof compile>[0];
const input: Input = {
  company: acme(),
  profiles: [profile('inne', true)],
  users: [user('anna'), user('bo')],
  entitlements: [
    entitlement('pro', { license: 'KundkontaktPro', users: ['anna'], validUntil: '2026-06-01T00:00:00Z' }),
    entitlement('right', { right: 'Medlyssning', users: ['anna'] }),
  ],
  now: new Date('2026-03-01T12:00:00Z'),
};
const policyOf = (changes: Partial<Input> = {}): ForkPolicy => {
  const [policy] = compile({ ...input, ...changes }).policies;
  if (policy === undefined) throw new Error('A company has a shard.');
  return policy;
};
const { listening } = acme().spec;
const [licence, right] = input.entitlements;
const until = (validUntil: string) =>
  entitlement('pro', { license: 'KundkontaktPro', users: ['anna'], validUntil });

it.each<[string, Partial<Input>]>([
  ['the feature', { company: acme({}, { listening: { ...listening, enabled: false } }) }],
  ['a user', { users: [user('anna')] }],
  ['a licence', { entitlements: [right].flatMap((one) => one ?? []) }],
  [
    'some of the time of a licence',
    { entitlements: [until('2026-05-01T00:00:00Z'), ...[right].flatMap((one) => one ?? [])] },
  ],
  ['a right', { entitlements: [licence].flatMap((one) => one ?? []) }],
  ['consent', { profiles: [profile('inne', false)] }],
  ['a profile', { profiles: [] }],
])('tells that %s is taken away, and does not tell that it is given', (_, changes) => {
  expect(takesAway(policyOf(), policyOf(changes))).toBe(true);
  expect(takesAway(policyOf(changes), policyOf())).toBe(false);
});

it('is not about a profile that is switched, nor about a shard that is new', () => {
  const activeProfile = { name: 'lunch', since: '2026-03-01T11:00:00Z' };
  const switched = { users: [{ ...user('anna'), status: { activeProfile } }, user('bo')] };
  expect(takesAway(policyOf(), policyOf(switched))).toBe(false);
  expect(takesAway(undefined, policyOf())).toBe(false);
});
