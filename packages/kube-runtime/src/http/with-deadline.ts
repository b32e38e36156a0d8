import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { Clock } from '../clock.ts';
import { linkedAbort } from '../linked-abort.ts';

/** Runs `task` under a signal that aborts with `outer` or after `ms`, with `ApiUnreachable`, reason `Timeout`. */
export const withDeadline = async <A>(
  clock: Clock,
  ms: number,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<A>,
): Promise<A> => {
  const own = linkedAbort(outer);
  const cancel = clock.after(ms, () =>
    own.abort(new ApiUnreachable('Timeout', `The API server did not finish its answer within ${ms} ms.`)),
  );
  try {
    return await task(own.signal);
  } finally {
    cancel();
    own.release();
  }
};
