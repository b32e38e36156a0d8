import { expect, it } from 'vitest';
import { company, user } from '../compile/made-up-resources.ts';
import { checkStored } from './check-stored.ts';

it('finds nothing in what today’s CRD takes', () => {
  expect(checkStored('Company', company())).toBeUndefined();
  expect(checkStored('User', { ...user('anna'), status: { licensed: true } })).toBeUndefined();
});

it.each<readonly [what: string, object: unknown, flaw: string]>([
  ['no object', 'anna', 'no object'],
  ['an object without spec', { metadata: { name: 'anna' } }, 'spec: This must be a mapping.'],
  ['a field that became required', { spec: { ...user('anna').spec, profiles: undefined } }, 'spec.profiles'],
  ['a field of another type', { spec: { ...user('anna').spec, devices: 'desk' } }, 'spec.devices'],
  [
    'a status that tells no time',
    { ...user('anna'), status: { activeProfile: { name: 'inne' } } },
    'status.activeProfile.since: This field is required.',
  ],
])('tells of %s', (_, object, flaw) => {
  expect(checkStored('User', object)).toContain(flaw);
});
