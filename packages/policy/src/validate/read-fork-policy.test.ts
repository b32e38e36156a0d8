import { expect, it } from 'vitest';
import { row, shard } from '../lookup/made-up-policy.ts';
import { caseBases, withField } from './case-bases.ts';
import { readForkPolicy } from './read-fork-policy.ts';

const good = shard('acme', [row('anna')]);

it('takes a ForkPolicy as the API server keeps it, with what it adds', () => {
  const stored = { ...good, metadata: { ...good.metadata, uid: 'u', selfLink: '', managedFields: [{}] } };
  expect(readForkPolicy(stored)).toEqual({ kind: 'valid', policy: stored });
  expect(readForkPolicy(caseBases.ForkPolicy).kind).toBe('valid');
});

it('takes one that says more than this version knows: a newer operator wrote it', () => {
  expect(readForkPolicy(withField(good, ['spec', 'users', 0, 'mood'], 'good')).kind).toBe('valid');
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
