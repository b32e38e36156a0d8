import { describe, expect, it } from 'vitest';
import { row, shard } from '../lookup/made-up-policy.ts';
import { caseBases, withField } from './case-bases.ts';
import { readForkPolicy } from './read-fork-policy.ts';

const good = shard('acme', [row('anna')]);

it('takes a ForkPolicy as the API server keeps it, with what it adds', () => {
  const stored = { ...good, metadata: { ...good.metadata, uid: 'u', selfLink: '', managedFields: [{}] } };
  expect(readForkPolicy(stored)).toEqual({ kind: 'valid', policy: stored });
  expect(readForkPolicy(caseBases.ForkPolicy, new Set(['QuietHours'])).kind).toBe('valid');
});

it('takes one that says more than this version knows: a newer operator wrote it', () => {
  expect(readForkPolicy(withField(good, ['spec', 'users', 0, 'mood'], 'good')).kind).toBe('valid');
});

describe('what a policy requires', () => {
  const requiring = (requires: unknown) => withField(good, ['spec', 'requires'], requires);
  const known = new Set(['QuietHours']);

  it('may be nothing, or what this version knows', () => {
    expect(readForkPolicy(requiring([])).kind).toBe('valid');
    expect(readForkPolicy(requiring(['QuietHours']), known).kind).toBe('valid');
  });

  it('refuses it where this version does not know each of it, and says what', () => {
    expect(readForkPolicy(requiring(['QuietHours', 'SecondConsent', 'R12']), known)).toEqual({
      kind: 'invalid',
      message:
        'spec.requires: This version does not know SecondConsent, R12, and would allow what the policy forbids; upgrade to one that does.',
    });
  });

  it('is nothing that the first version knows', () => {
    expect(readForkPolicy(requiring(['QuietHours'])).kind).toBe('invalid');
  });

  it('is said before what else of a newer version cannot be read', () => {
    const newer = withField(requiring(['QuietHours']), ['spec', 'company', 'listening', 'sound'], 'Gong');
    expect(readForkPolicy(newer)).toMatchObject({ message: expect.stringContaining('QuietHours') });
    expect(readForkPolicy(newer, known)).toMatchObject({ message: expect.stringMatching(/sound/) });
  });

  it.each([
    ['a text', 'QuietHours'],
    ['a mapping', { QuietHours: true }],
    ['null', null],
    ['a list with something else in it', [['QuietHours']]],
    ['a name twice', ['QuietHours', 'QuietHours']],
  ])('refuses it where it is %s', (_, requires) => {
    const read = readForkPolicy(requiring(requires), known);
    expect(read).toEqual({ kind: 'invalid', message: expect.stringMatching(/^spec\.requires/) });
  });
});

it.each([
  ['no spec', ['spec'], undefined, /^spec: This must be a mapping/],
  ['no users', ['spec', 'users'], undefined, /^spec\.users/],
  ['a pruned setting', ['spec', 'company', 'listening', 'internalCalls'], undefined, /internalCalls/],
  ['a right that is no yes or no', ['spec', 'users', 0, 'mayListen'], 'yes', /^spec\.users\[0\]\.mayListen/],
  ['a shard without users', ['spec', 'shard', 'count'], 0, /^spec\.shard\.count/],
  ['no name', ['metadata', 'name'], undefined, /no name/],
])('refuses %s, and says where', (_, path, value, message) => {
  const read = readForkPolicy(withField(good, path, value));
  expect(read).toEqual({ kind: 'invalid', message: expect.stringMatching(message) });
});

it.each([undefined, null, 7, 'ForkPolicy', [], {}])('refuses %j', (value) => {
  expect(readForkPolicy(value).kind).toBe('invalid');
});
