/** One measured figure of docs/benchmarks.md. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was promised, for people. */
  readonly target?: string;
  /** Whether the promise was kept; absent without one. */
  readonly ok?: boolean;
}
