import { expect, it } from 'vitest';
import { goodResult } from '../output/report.fixture.ts';
import { attemptLine } from './attempt-line.ts';

it('tells a record in a line', () => {
  expect(goodResult.audit.slice(0, 1).map(attemptLine)).toEqual([
    '  12:00:00  karin (unknown device) → anna: Allowed',
  ]);
});
