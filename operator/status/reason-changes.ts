import type { Condition } from '@medlyssning/policy';

/** Something about an object that people may want to hear of when it happens. */
export interface ReasonChange {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** The profile is the PBX's doing, many times a day for each user: status shows it, no event tells it. */
const byProfile = new Set(['ProfileAllows', 'ProfileForbids']);

/**
 * The conditions whose reason differs from before. Of an object seen for the first time only what is wrong with it
 * (`Ready`) is told: that a user holds no licence is no news.
 */
export const reasonChanges = (
  before: readonly Condition[] = [],
  after: readonly Condition[] = [],
): readonly ReasonChange[] =>
  after
    .filter(({ type, status, reason }) => {
      // Stalled repeats what Ready says.
      if (type === 'Stalled') return false;
      const old = before.find((condition) => condition.type === type);
      if (old === undefined || old.reason === 'Pending') return type === 'Ready' && status === 'False';
      return old.reason !== reason && !(byProfile.has(old.reason) && byProfile.has(reason));
    })
    .map(({ type, status, reason, message }) => ({
      type: type === 'Ready' && status !== 'True' ? 'Warning' : 'Normal',
      reason,
      message: `${type} is ${status}: ${message}`,
    }));
