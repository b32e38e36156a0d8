import type { IncomingMessage } from 'sip.js/lib/core/index.js';

/** How a call ended. */
export interface CallEnd {
  /**
   * `refused`: a final answer other than 2xx, ours (to a call that came in) or theirs; `cancelled`: by CANCEL before
   * the answer, whoever's; `byUs`, `byThem`: by BYE; `transportFailed`: no answer could be had at all (408 or 503 made up here).
   */
  readonly how: 'refused' | 'cancelled' | 'byUs' | 'byThem' | 'transportFailed';
  /** Final status of the INVITE. */
  readonly status: number | undefined;
  /** The `Reason` header (RFC 3326) as it came, of the answer, CANCEL or BYE. */
  readonly reason: string | undefined;
  /** The `Warning` header as it came. */
  readonly warning: string | undefined;
  readonly retryAfter: string | undefined;
  /** On the clock of `performance.now()`, ms. */
  readonly at: number;
}

/** An end as `message` tells it. */
export function callEnd(how: CallEnd['how'], status: number | undefined, message?: IncomingMessage): CallEnd {
  return {
    how,
    status,
    reason: message?.getHeader('reason'),
    warning: message?.getHeader('warning'),
    retryAfter: message?.getHeader('retry-after'),
    at: performance.now(),
  };
}

/** What `Call.answered` rejects with: the call ended before it was answered. */
export class CallNotAnsweredError extends Error {
  readonly reason = 'CallNotAnswered';
  override readonly name = 'CallNotAnsweredError';
  readonly end: CallEnd;

  constructor(end: CallEnd) {
    super(
      `The call was not answered: ${end.how}, status ${end.status ?? 'none'}, reason ${end.reason ?? 'none'}.`,
    );
    this.end = end;
  }
}
