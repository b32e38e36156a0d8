import type { AudibleId } from '../cast/cast.ts';

/** The files that a show leaves, as paths for people: relative where that is shorter. */
export interface Written {
  readonly folder: string;
  /** What each person heard, as WAV. */
  readonly recordings: ReadonlyMap<AudibleId, string>;
  /** The audit records, JSON lines. */
  readonly audit: string;
}
