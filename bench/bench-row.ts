/** What was promised of a figure. */
export interface Target {
  /** For people: `≤ 45`. */
  readonly text: string;
  readonly isMetBy: (value: number) => boolean;
}

/** One measured figure of docs/benchmarks.md. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent where nothing was promised. */
  readonly target?: Target;
}

export const atMost = (limit: number): Target => ({
  text: `≤ ${limit}`,
  isMetBy: (value) => value <= limit,
});

export const exactly = (wanted: number): Target => ({
  text: `${wanted}`,
  isMetBy: (value) => value === wanted,
});
