import type { Problem } from './condition.ts';
import type { NormalisedUser } from './normalise-user.ts';

export interface Seats {
  readonly seated: readonly NormalisedUser[];
  readonly unseated: readonly NormalisedUser[];
  readonly problems: readonly Problem[];
}

/**
 * Gives out seats: to the user created first, then by name. So who has a seat keeps it whoever comes later, and a
 * restart or another order of events changes nothing. `undefined` seats: no limit.
 */
export function seatsOf(subjects: readonly NormalisedUser[], seats: number | undefined): Seats {
  if (seats === undefined || subjects.length <= seats)
    return { seated: subjects, unseated: [], problems: [] };
  const inOrder = subjects.toSorted(
    (a, b) => compare(createdAt(a), createdAt(b)) || compare(a.user.metadata.name, b.user.metadata.name),
  );
  const unseated = inOrder.slice(seats);
  const shown = `${unseated
    .slice(0, 3)
    .map(({ user }) => user.metadata.name)
    .join(', ')}${unseated.length > 3 ? ', …' : ''}`;
  return {
    seated: inOrder.slice(0, seats),
    unseated,
    problems: [
      {
        reason: 'SeatsExceeded',
        message: `${subjects.length} users share ${seats} seats; without one: ${shown}. Buy seats or name fewer users.`,
      },
    ],
  };
}

/** RFC 3339 in UTC as the API server writes it, so text order is order in time. A directory has none: names decide. */
const createdAt = ({ user }: NormalisedUser): string => user.metadata.creationTimestamp ?? '';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
