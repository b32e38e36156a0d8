import type { Problem } from './condition.ts';
import type { Subject } from './subjects.ts';

export interface Seats {
  readonly seated: readonly Subject[];
  readonly unseated: readonly Subject[];
  readonly problems: readonly Problem[];
}

/**
 * Gives out seats: to the user created first, then by name. So who has a seat keeps it whoever comes later, and a
 * restart or another order of events changes nothing. `undefined` seats: no limit.
 */
export function seatsOf(subjects: readonly Subject[], seats: number | undefined): Seats {
  if (seats === undefined || subjects.length <= seats)
    return { seated: subjects, unseated: [], problems: [] };
  const inOrder = subjects.toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.name, b.name));
  const unseated = inOrder.slice(seats);
  const shown = `${unseated
    .slice(0, 3)
    .map(({ name }) => name)
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

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
