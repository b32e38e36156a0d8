/**
 * Why a request failed; stable, safe to switch on.
 * - `EngineRefused`: rtpengine answered `result: error`; its words are in `engineReason`.
 * - `Timeout`: sent, and no answer came before the deadline. It may have been carried out.
 * - `ConnectionLost`: the engine could not be reached, or the connection broke while the answer was awaited (then it
 *   may have been carried out).
 * - `Aborted`: the caller's AbortSignal fired.
 * - `TooLarge`: the message is above the bound of the transport; nothing was sent.
 * - `Malformed`: the request cannot be encoded, or what came cannot be read.
 * - `Closed`: the client was closed.
 */
export type NgErrorReason =
  | 'EngineRefused'
  | 'Timeout'
  | 'ConnectionLost'
  | 'Aborted'
  | 'TooLarge'
  | 'Malformed'
  | 'Closed';

export interface NgErrorDetails {
  readonly command?: string | undefined;
  readonly callId?: string | undefined;
  readonly engineReason?: string | undefined;
  readonly cause?: unknown;
}

/** The only error this package throws for what happens at run time. Its message never holds SDP or other payload. */
export class NgError extends Error {
  override readonly name = 'NgError';
  readonly reason: NgErrorReason;
  /** The ng command, where there was one. */
  readonly command: string | undefined;
  readonly callId: string | undefined;
  /** rtpengine's `error-reason`, word for word; only with `EngineRefused`. */
  readonly engineReason: string | undefined;

  constructor(reason: NgErrorReason, message: string, details: NgErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.reason = reason;
    this.command = details.command;
    this.callId = details.callId;
    this.engineReason = details.engineReason;
  }
}
