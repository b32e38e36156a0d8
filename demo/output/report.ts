import type { ShowResult } from '../show/show-result.ts';
import type { Check } from '../verify/check-show.ts';
import type { Written } from './written.ts';

/** All that is told after the show. */
export interface Report {
  readonly result: ShowResult;
  readonly checks: readonly Check[];
  readonly written: Written;
  /** From the start of the program to phones that are registered, ms. */
  readonly startingMs: number;
  readonly voices: 'speech' | 'tones';
  /** Whether it is left running, so that one may dial in. */
  readonly keep: boolean;
}
