/** The value that `share` (0…1) of the values do not exceed, by nearest rank: always one that was measured. NaN of none. */
export const percentile = (values: Iterable<number>, share: number): number => {
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? Number.NaN;
};

export const median = (values: Iterable<number>): number => percentile(values, 0.5);
