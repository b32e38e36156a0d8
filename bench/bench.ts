import type { BenchRow } from './bench-row.ts';

/** Told what goes on, a line at a time. */
export type Progress = (line: string) => void;

/** One measurement of `npm run bench`. */
export interface Bench {
  /** For `--only`. */
  readonly name: string;
  /** What it measures, for people. */
  readonly about: string;
  /** Whether it runs rtpengine, and so has to bring it first. */
  readonly realParts: boolean;
  /** Rejects when it could not measure. */
  readonly run: (progress: Progress) => Promise<readonly BenchRow[]>;
}
