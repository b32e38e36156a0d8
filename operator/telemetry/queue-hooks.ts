import { ApiError, ApiUnreachable, type WorkQueueHooks } from 'kube-runtime';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** Measures reconciles, counts retries, and logs those that go on: a first conflict is no news. */
export const queueHooks = (
  queue: 'policies' | 'statuses',
  metrics: Metrics,
  log: Logger,
): WorkQueueHooks<string> => ({
  onDone: (_, tookMs) => {
    if (queue === 'policies') metrics.reconcile.observe(tookMs / 1000);
  },
  onRetry: (key, error, failures, delayMs) => {
    metrics.retries.inc({ queue, reason: reasonOf(error) });
    const level = failures === 1 ? 'debug' : 'warn';
    log[level]({ key, err: error, failures, delayMs }, 'it could not be done; it is tried again');
  },
});

/** A stable code: of the API server's answer where there was one. */
const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return cause instanceof ApiError || cause instanceof ApiUnreachable ? cause.reason : 'Other';
};
