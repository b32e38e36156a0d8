const firstMs = 1_000;
const longestMs = 60_000;
/** However much later a receiver asks to be tried again. */
const longestAskedMs = 10 * 60_000;

/**
 * How long a receiver is left alone after so many failures in a row, ms: doubled each time, and somewhere in the upper half of it, so
 * that nodes which failed together do not come back together.
 *
 * @param askedMs what the receiver asked for (Retry-After)
 * @param random from 0 to 1
 */
export const pauseMs = (failures: number, askedMs: number | undefined, random: number): number => {
  const most = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
  const own = most * (0.5 + random / 2);
  return Math.max(own, Math.min(askedMs ?? 0, longestAskedMs));
};
