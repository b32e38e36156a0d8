import type { EntitlementSpec } from '../generated/resources.ts';

/** When an entitlement is valid, ms since the epoch. */
export interface Validity {
  readonly state: 'Valid' | 'NotYetValid' | 'Expired' | 'ValidityInvalid';
  /** End of a validity that has one. */
  readonly until: number | undefined;
  /** When the state changes next, if ever. */
  readonly changesAt: number | undefined;
}

/** Reads `validFrom` (included) and `validUntil` (not included). A time that cannot be read makes it invalid: doubt refuses. */
export function validityOf(
  { validFrom, validUntil }: Pick<EntitlementSpec, 'validFrom' | 'validUntil'>,
  now: number,
): Validity {
  const from = validFrom === undefined ? undefined : Date.parse(validFrom);
  const until = validUntil === undefined ? undefined : Date.parse(validUntil);
  if (Number.isNaN(from) || Number.isNaN(until)) {
    return { state: 'ValidityInvalid', until: undefined, changesAt: undefined };
  }
  if (until !== undefined && until <= now) return { state: 'Expired', until, changesAt: undefined };
  if (from !== undefined && from > now) return { state: 'NotYetValid', until, changesAt: from };
  return { state: 'Valid', until, changesAt: until };
}
