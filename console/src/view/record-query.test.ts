import { expect, it } from 'vitest';
import { recordQuery } from './record-query.ts';

const nothing = { whose: 'company', person: '', from: '', to: '' } as const;
const midnight = (...day: [number, number, number]) => new Date(...day).toISOString();

it.each([
  [{}, {}],
  [{ whose: 'listener' }, { as: 'listener' }],
  [
    { whose: 'target', person: 'karin' },
    { as: 'target', person: 'karin' },
  ],
  [{ from: '2026-01-31' }, { from: midnight(2026, 0, 31) }],
  [{ to: '2026-01-31' }, { until: midnight(2026, 1, 1) }],
  // a day without a clock's hour, in this zone or another
  [{ to: '2026-03-29' }, { until: midnight(2026, 2, 30) }],
  [{ from: '2026-02-31x', to: '275760-09-13' }, {}],
] as const)('what is chosen, %j, is asked for as %j', (chosen, query) => {
  expect(recordQuery({ ...nothing, ...chosen })).toEqual(query);
});
