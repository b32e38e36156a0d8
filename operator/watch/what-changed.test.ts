import type { User } from '@medlyssning/policy';
import { expect, it } from 'vitest';
import { user } from '../made-up.fixture.ts';
import { type WhatChanged, whatChanged } from './what-changed.ts';

const anna = user('anna');
const meta = (metadata: Partial<User['metadata']>): User => ({
  ...anna,
  metadata: { ...anna.metadata, ...metadata },
});

it.each<readonly [what: string, after: User | undefined, changed: WhatChanged]>([
  ['a delete', undefined, 'policy'],
  ['a new spec', meta({ generation: 2 }), 'policy'],
  ['an object made anew under the same name', meta({ uid: 'other' }), 'policy'],
  ['a label, which a selector may look at', meta({ labels: { team: 'sommar' } }), 'policy'],
  ['an annotation: it may pause', meta({ annotations: { 'medlyssning.dev/paused': 'true' } }), 'policy'],
  ['an owner taken off', meta({ ownerReferences: [] }), 'policy'],
  ['a wish to delete it', meta({ deletionTimestamp: '2026-03-01T12:00:00Z' }), 'policy'],
  [
    'another active profile',
    { ...anna, status: { activeProfile: { name: 'lunch', since: '2026-03-01T12:00:00Z' } } },
    'policy',
  ],
  ['our own status', { ...anna, status: { licensed: true } }, 'status'],
  ['a managed field only', meta({ resourceVersion: '2' }), 'nothing'],
])('%s', (_, after, changed) => {
  expect(whatChanged(anna, after)).toBe(changed);
});
