import type { ForkPolicy } from '@medlyssning/policy';

type Row = ForkPolicy['spec']['users'][number];

/**
 * Does a policy take away what listening rests on: the feature, a user, a licence (R1), a right (R2), or a profile's consent (R4)? A
 * profile that was only switched does not count: it is asked at the start of the next call, and there are many of those.
 */
export const takesAway = (before: ForkPolicy | undefined, after: ForkPolicy): boolean => {
  if (before?.spec?.users === undefined) return false;
  if (before.spec.company.listening.enabled && !after.spec.company.listening.enabled) return true;
  const rows = new Map(after.spec.users.map((row) => [row.name, row]));
  return before.spec.users.some((row) => losesSomething(row, rows.get(row.name)));
};

const losesSomething = (before: Row, after: Row | undefined): boolean =>
  after === undefined ||
  (before.licensed && (!after.licensed || endsEarlier(before.licensedUntil, after.licensedUntil))) ||
  (before.mayListen && (!after.mayListen || endsEarlier(before.mayListenUntil, after.mayListenUntil))) ||
  before.profiles.some(
    ({ name, allowListening }) =>
      allowListening && !after.profiles.some((profile) => profile.name === name && profile.allowListening),
  );

/** Absent: no end is known. */
const endsEarlier = (before: string | undefined, after: string | undefined): boolean =>
  after !== undefined && (before === undefined || Date.parse(after) < Date.parse(before));
