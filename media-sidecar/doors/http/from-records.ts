import { setTimeout as delay } from 'node:timers/promises';
import { InvalidCursor } from '../../audit/audit-store.ts';
import { type Problem, RequestRefused } from './problem.ts';

const withinMs = 5_000;

/** What the store of records answers. Of one that cannot be read, or not in time, callers are not told why. @throws RequestRefused */
export const fromRecords = <T>(reading: Promise<T>): Promise<T> =>
  Promise.race([reading.catch(problemOf), late()]);

const problemOf = (error: unknown): never => {
  if (error instanceof InvalidCursor)
    throw new RequestRefused({ status: 400, reason: 'RequestInvalid', detail: error.message });
  throw new RequestRefused(unreadable, error);
};

const late = async (): Promise<never> => {
  await delay(withinMs, undefined, { ref: false });
  throw new RequestRefused(unreadable);
};

const unreadable: Problem = {
  status: 503,
  reason: 'AuditUnavailable',
  detail: 'The record cannot be read now. Try again.',
};
