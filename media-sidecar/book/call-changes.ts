import { isDeepStrictEqual } from 'node:util';
import type { Call, CallChange, Party } from './call.ts';
import { identityOf } from './call-state.ts';

/** The same person behind the same leg. Audio is copied by leg, so a person who changes legs leaves and joins. */
const isSame = (a: Party, b: Party): boolean =>
  a.role === b.role && a.tag === b.tag && identityOf(a) === identityOf(b);

/** A call that is found to be older than was seen has its snapshots proven anew (R4). */
const hasSameSnapshots = (before: Call, after: Call): boolean =>
  after.parties.every((party) =>
    before.parties.some(
      (other) => isSame(party, other) && isDeepStrictEqual(party.profileAtStart, other.profileAtStart),
    ),
  );

const missingFrom = (parties: readonly Party[], others: readonly Party[]): readonly Party[] =>
  parties.filter((party) => !others.some((other) => isSame(party, other)));

/** What subscribers are told when a call goes from one state to the next; `undefined`: not (or no longer) a call. */
export const changesBetween = (before: Call | undefined, after: Call | undefined): readonly CallChange[] => {
  if (!after) return before ? [{ kind: 'ended', call: before }] : [];
  const call = after;
  if (!before) {
    const answered = after.answeredAt === undefined ? [] : [{ kind: 'answered', call } as const];
    return [{ kind: 'started', call }, ...answered];
  }
  const left = missingFrom(before.parties, after.parties);
  const joined = missingFrom(after.parties, before.parties);
  if (before.answeredAt === undefined) {
    if (after.answeredAt !== undefined) return [{ kind: 'answered', call }];
    return left.length > 0 || !hasSameSnapshots(before, after) ? [{ kind: 'updated', call }] : [];
  }
  if (left.length + joined.length === 0) {
    return hasSameSnapshots(before, after) ? [] : [{ kind: 'updated', call }];
  }
  return [
    ...left.map((party) => ({ kind: 'partyLeft', call, party }) as const),
    ...joined.map((party) => ({ kind: 'partyJoined', call, party }) as const),
  ];
};
