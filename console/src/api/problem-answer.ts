import type { ProblemReason } from '@medlyssning/media-sidecar/doors/http/problem.ts';

/** An answer that is no success: its stable reason, or `Unreachable` where there was no answer that could be read. */
export class ProblemAnswer extends Error {
  override readonly name = 'ProblemAnswer';
  readonly reason: ProblemReason | 'Unreachable';

  constructor(reason: ProblemReason | 'Unreachable', cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}
