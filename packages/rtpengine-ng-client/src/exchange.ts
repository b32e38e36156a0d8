import { NgError, type NgErrorReason } from './ng-error.ts';
import type { NgRequestInfo } from './ng-hooks.ts';

export interface ExchangeOptions {
  readonly info: NgRequestInfo;
  /** The whole message, cookie and all. */
  readonly bytes: Buffer;
  /** May it be sent again on a new connection, where it is not known whether the first was carried out? */
  readonly repeatable: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** One request and the wait for its answer: settles once, by answer, deadline, abort or failure, whichever is first. */
export class Exchange {
  readonly info: NgRequestInfo;
  readonly bytes: Buffer;
  readonly repeatable: boolean;
  /** The body of the answer. */
  readonly answer: Promise<Buffer>;
  /** Why it could not be handed to the engine up to now; makes the deadline a `ConnectionLost`. */
  undelivered: Error | undefined;
  /** Called once, before `answer` settles. */
  onSettled: () => void = () => {};
  readonly #deferred = Promise.withResolvers<Buffer>();
  readonly #timer: NodeJS.Timeout;
  readonly #signal: AbortSignal | undefined;
  #settled = false;

  constructor(options: ExchangeOptions) {
    this.info = options.info;
    this.bytes = options.bytes;
    this.repeatable = options.repeatable;
    this.answer = this.#deferred.promise;
    this.#signal = options.signal;
    this.#timer = setTimeout(this.#expire, options.timeoutMs, options.timeoutMs);
    this.#signal?.addEventListener('abort', this.#abort);
    if (this.#signal?.aborted) this.#abort();
  }

  get settled(): boolean {
    return this.#settled;
  }

  resolve(body: Buffer): void {
    if (this.#settle()) this.#deferred.resolve(body);
  }

  /** `what` completes the sentence that begins with the command: "offer was not answered …". */
  fail(reason: NgErrorReason, what: string, cause?: unknown): void {
    const { command, callId } = this.info;
    if (this.#settle())
      this.#deferred.reject(new NgError(reason, `${command} ${what}`, { command, callId, cause }));
  }

  readonly #expire = (timeoutMs: number): void => {
    if (this.undelivered) {
      this.fail(
        'ConnectionLost',
        `could not be sent within ${timeoutMs} ms: the engine is not reached.`,
        this.undelivered,
      );
    } else this.fail('Timeout', `was not answered within ${timeoutMs} ms; it may have been carried out.`);
  };

  readonly #abort = (): void => {
    this.fail('Aborted', 'was aborted by the caller; it may have been carried out.', this.#signal?.reason);
  };

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#abort);
    this.onSettled();
    return true;
  }
}
