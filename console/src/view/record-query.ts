import type { RecordQuery } from '../api/api.ts';

/** What is chosen on the page of the history. */
export interface Wanted {
  readonly whose: 'listener' | 'target' | 'company';
  /** `user` of a colleague; empty: whoever. */
  readonly person: string;
  /** Days of this clock, `2026-01-31`, both included; empty: without an end. */
  readonly from: string;
  readonly to: string;
}

export const recordQuery = ({ whose, person, from, to }: Wanted): RecordQuery => {
  const first = dayBegins(from, 0);
  const until = dayBegins(to, 1);
  return {
    ...(whose !== 'company' && { as: whose }),
    ...(person !== '' && { person }),
    ...(first !== undefined && { from: first }),
    ...(until !== undefined && { until }),
  };
};

/** When a day begins, or the one so many days later. */
const dayBegins = (day: string, later: number): string | undefined => {
  const at = new Date(`${day}T00:00`);
  if (day === '' || Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + later);
  // not before and not after what ISO 8601 has four digits for
  return at.getFullYear() > 9_998 ? undefined : at.toISOString();
};
