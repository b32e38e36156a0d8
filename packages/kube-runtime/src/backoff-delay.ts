/** How long to wait between attempts, ms. */
export interface Backoff {
  readonly firstMs: number;
  readonly maxMs: number;
}

/**
 * The delay after `failures` failures in a row (from 1): doubling from `firstMs` to `maxMs`, spread over half to all of itself, so
 * that those who failed together do not come back together.
 */
export const backoffDelay = (failures: number, { firstMs, maxMs }: Backoff, random: () => number): number =>
  Math.min(maxMs, firstMs * 2 ** (failures - 1)) * (0.5 + random() / 2);
