export interface ApiErrorDetails {
  /** HTTP status, or `code` of the Status object. */
  readonly status: number;
  /** Kubernetes' own word: `NotFound`, `Conflict`, `AlreadyExists`, `Expired`, `Forbidden`, `Invalid`, … */
  readonly reason: string;
  /** How long the API server asks to be left alone. */
  readonly retryAfterMs?: number | undefined;
}

/** The API server answered, and refused. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly reason: string;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { status, reason, retryAfterMs }: ApiErrorDetails) {
    super(message);
    this.status = status;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
