import { isDeepStrictEqual } from 'node:util';
import type { ObjectMeta } from '@medlyssning/policy';

/** `policy`: compile() looks at it. `status`: somebody wrote what is ours to say. `nothing`: neither. */
export type WhatChanged = 'policy' | 'status' | 'nothing';

interface Watched {
  readonly metadata: ObjectMeta;
  readonly status?: unknown;
}

/**
 * Tells the changes that are worth a compile from our own status writes coming back, of which a company of 50,000
 * users has as many. `metadata.generation` counts changes of spec.
 */
export const whatChanged = (before: Watched | undefined, after: Watched | undefined): WhatChanged => {
  if (before === undefined || after === undefined) return 'policy';
  const a = before.metadata;
  const b = after.metadata;
  if (
    a.uid !== b.uid ||
    a.generation !== b.generation ||
    a.deletionTimestamp !== b.deletionTimestamp ||
    !isDeepStrictEqual(a.labels, b.labels) ||
    !isDeepStrictEqual(a.annotations, b.annotations) ||
    !isDeepStrictEqual(a.ownerReferences, b.ownerReferences) ||
    !isDeepStrictEqual(activeProfileOf(before), activeProfileOf(after))
  )
    return 'policy';
  return isDeepStrictEqual(before.status, after.status) ? 'nothing' : 'status';
};

/** Of a status of any kind; only users have one. */
const activeProfileOf = ({ status }: Watched): unknown =>
  typeof status === 'object' && status !== null && 'activeProfile' in status
    ? status.activeProfile
    : undefined;
