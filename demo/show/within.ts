/** Something of the show that did not come in time, or came otherwise than it must. */
export class ShowFailed extends Error {
  override readonly name = 'ShowFailed';
  readonly reason = 'ShowFailed';
}

/** Waits for what has to come. @throws ShowFailed when it has not come within `ms`; `what` names it. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new ShowFailed(`${what} did not come within ${ms / 1000} s.`)),
    ms,
  );
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
