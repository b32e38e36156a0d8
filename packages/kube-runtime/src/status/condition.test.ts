import { expect, it } from 'vitest';
import { conditionsAfter } from './condition.ts';

const now = new Date('2026-11-24T12:00:00.999Z');
const ready = { type: 'Ready', status: 'True', reason: 'Made', message: 'Made.' } as const;

it.each([
  ['is new', [], '2026-11-24T12:00:00Z'],
  [
    'stays',
    [{ ...ready, reason: 'Other', lastTransitionTime: '2020-01-01T00:00:00Z' }],
    '2020-01-01T00:00:00Z',
  ],
  [
    'changes',
    [{ ...ready, status: 'False' as const, lastTransitionTime: '2020-01-01T00:00:00Z' }],
    '2026-11-24T12:00:00Z',
  ],
  [
    'is of another type',
    [{ ...ready, type: 'Other', lastTransitionTime: '2020-01-01T00:00:00Z' }],
    '2026-11-24T12:00:00Z',
  ],
  ['had no time', [{ type: 'Ready', status: 'True' as const }], '2026-11-24T12:00:00Z'],
])('a condition that %s has its time', (_, before, lastTransitionTime) => {
  expect(conditionsAfter(before, [ready], 7, now)).toEqual([
    { ...ready, lastTransitionTime, observedGeneration: 7 },
  ]);
});
