import type { UserRow } from '../lookup/user-row.ts';
import type { ProfileAtStart } from './decide-input.ts';
import type { StandingInput } from './rule.ts';
import { targetInCompany } from './target-in-company.ts';

/** Someone whose profile R4 asks, and what it was when the call started. */
export interface AskedParty {
  /** `undefined`: no longer in the policy. */
  readonly user: UserRow | undefined;
  readonly profile: ProfileAtStart;
}

/** Whom R4 asks: the target, and with `internalCalls: Both` the colleague at the other end too. */
export function askedParties(input: StandingInput): readonly AskedParty[] | undefined {
  const target = targetInCompany(input);
  if (target === undefined || input.call === undefined) return undefined;
  const asked = { user: target, profile: input.call.targetProfile };
  const other = input.call.otherColleague;
  return other !== undefined && input.company?.listening.internalCalls === 'Both' ? [asked, other] : [asked];
}
