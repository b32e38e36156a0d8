import { ApiError } from '../api/api-error.ts';
import { ApiUnreachable } from '../api/api-unreachable.ts';

/** How often the same place may fail before a way round it is tried. */
const fruitlessAtMost = 5;

/**
 * Whether a watch that broke with `error` (undefined: that the API server ended) is to be followed by a list. A lost connection is
 * not: nothing was missed, and thousands of clients that list at once would hold down an API server that has just come back.
 * `fruitless` watches in a row, this one counted, told nothing, not even by a bookmark: an event that cannot be read, or an etcd that
 * was restored from a backup and has not come to our resourceVersion yet.
 */
export const needsRelist = (error: unknown, fruitless: number): boolean => {
  const isStuck = fruitless >= fruitlessAtMost;
  if (error === undefined) return isStuck;
  if (error instanceof ApiUnreachable)
    return isStuck && (error.reason === 'Garbled' || error.reason === 'TooLarge');
  if (!(error instanceof ApiError)) return true;
  if (error.status === 401 || error.status === 429) return false;
  return isStuck || error.status < 500;
};
