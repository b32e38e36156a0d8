import type { AdmissionReason } from '@medlyssning/policy';

/** An admitted attempt could not be carried out; since when something may have been heard, the listen's `joinedAt` says. */
export class ListenFailed extends Error {
  override readonly name = 'ListenFailed';
  readonly reason: AdmissionReason;

  constructor(reason: AdmissionReason, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** Runs one step; whatever it throws becomes {@link ListenFailed} with that step's reason. */
export const step = async <T>(reason: AdmissionReason, what: string, run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof ListenFailed) throw cause;
    throw new ListenFailed(reason, `${what}: ${cause instanceof Error ? cause.message : cause}`, cause);
  }
};
