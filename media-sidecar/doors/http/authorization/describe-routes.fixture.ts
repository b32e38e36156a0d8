import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { acting } from './acting.fixture.ts';
import { reading } from './reading.fixture.ts';
import type { Row } from './row.fixture.ts';

/** Checks every route: what only shows something on one scene for all who ask, what does something on a new one for each. */
export const describeRoutes = (
  open: () => Promise<void>,
  close: () => Promise<void>,
  check: (row: Row) => void,
): void => {
  describe.each(reading)('$route', (row) => {
    beforeAll(open);
    afterAll(close);
    check(row);
  });

  describe.each(acting)('$route', (row) => {
    beforeEach(open);
    afterEach(close);
    check(row);
  });
};
