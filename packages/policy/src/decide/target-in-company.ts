import type { UserRow } from '../lookup/user-row.ts';
import type { StandingInput } from './rule.ts';

/**
 * The target, unless it belongs to another company: then no rule after R10 looks at it, and the listener's company
 * keeps no record of anything about it.
 */
export function targetInCompany({ company, target }: StandingInput): UserRow | undefined {
  return target !== undefined && target.company === company?.key ? target : undefined;
}
