import type { Condition } from '@medlyssning/policy';
import { expect, it } from 'vitest';
import { reasonChanges } from './reason-changes.ts';

const condition = (type: string, status: Condition['status'], reason: string): Condition => ({
  type,
  status,
  reason,
  message: 'So it is.',
  lastTransitionTime: '2026-03-01T12:00:00Z',
});
const ready = condition('Ready', 'True', 'Compiled');
const taken = condition('Ready', 'False', 'NumberTaken');
const unlicensed = condition('Licensed', 'False', 'LicenseMissing');

it('tells a new reason', () => {
  expect(reasonChanges([ready], [taken])).toEqual([
    { type: 'Warning', reason: 'NumberTaken', message: 'Ready is False: So it is.' },
  ]);
  expect(reasonChanges([taken], [ready])).toEqual([
    { type: 'Normal', reason: 'Compiled', message: 'Ready is True: So it is.' },
  ]);
});

it('tells nothing where reasons stay, whatever else changes', () => {
  expect(reasonChanges([ready], [{ ...ready, message: 'Other words.', status: 'False' }])).toEqual([]);
});

it('tells of a new object only what is wrong with it', () => {
  expect(reasonChanges([], [ready, unlicensed])).toEqual([]);
  expect(reasonChanges(undefined, [taken, unlicensed])).toHaveLength(1);
  expect(reasonChanges([condition('Ready', 'Unknown', 'Pending')], [ready])).toEqual([]);
});

it('does not tell each switch of profile', () => {
  const allows = condition('Listenable', 'True', 'ProfileAllows');
  const forbids = condition('Listenable', 'False', 'ProfileForbids');
  expect(reasonChanges([allows], [forbids])).toEqual([]);
  expect(reasonChanges([allows], [condition('Listenable', 'False', 'TargetLicenseMissing')])).toHaveLength(1);
});
