import { normaliseNumber } from '../numbers/normalise-number.ts';
import { shortenNumber } from '../numbers/shorten-number.ts';
import type { Problem } from './condition.ts';
import type { NormalisedUser, NumberingPlan } from './normalise-user.ts';

/** Something a user is recognised by, as one string: a kind, a colon, the value. */
export type Claim = `${'number' | 'extension' | 'address' | 'subject'}:${string}`;

export const claimNumber = (number: string): Claim => `number:${number}`;
export const claimExtension = (extension: string): Claim => `extension:${extension}`;
export const claimSubject = (subject: string): Claim => `subject:${subject}`;

/** An address of the company's own whose user part is an extension or a number is the same claim as that. */
export function claimAddress(address: string, plan: NumberingPlan): Claim {
  const [user = '', host = ''] = address.split('@');
  if (!/^[+\d]/.test(user) || !plan.domains.includes(host)) return `address:${address}`;
  if (/^\d{2,8}$/.test(user)) return claimExtension(user);
  const number = normaliseNumber(user, plan);
  return number === undefined ? `address:${address}` : claimNumber(number);
}

/** Claims that two or more users make, with their names in order. */
export type TakenClaims = ReadonlyMap<Claim, readonly string[]>;

/**
 * Finds what several users claim. Nobody keeps it, not even the oldest: if one did, then whoever names another's
 * number first would be taken for them, with their own profile's consent (R4) or the other's rights (R3).
 */
export function findTaken(users: readonly NormalisedUser[]): TakenClaims {
  const owners = new Map<Claim, string>();
  const taken = new Map<Claim, string[]>();
  for (const { user, claims } of users) {
    for (const claim of claims) {
      const owner = owners.get(claim);
      if (owner === undefined) {
        owners.set(claim, user.metadata.name);
        continue;
      }
      const claimants = taken.get(claim);
      if (claimants === undefined) taken.set(claim, [owner, user.metadata.name]);
      else claimants.push(user.metadata.name);
    }
  }
  return taken;
}

const takenReasons = {
  number: 'NumberTaken',
  extension: 'ExtensionTaken',
  address: 'AddressTaken',
  subject: 'SubjectTaken',
} as const;

/** Tells the user who else claims what it claims. */
export function takenProblems({ user, claims }: NormalisedUser, taken: TakenClaims): readonly Problem[] {
  return claims.flatMap((claim): readonly Problem[] => {
    const others = taken.get(claim)?.filter((name) => name !== user.metadata.name);
    if (others === undefined) return [];
    const kind = claim.slice(0, claim.indexOf(':')) as keyof typeof takenReasons;
    const shown = `${others.slice(0, 3).join(', ')}${others.length > 3 ? ' and others' : ''}`;
    const message = `The ${kind} ${shortenNumber(claim.slice(kind.length + 1))} is claimed by ${shown} too, so it names nobody; take it from all but one.`;
    return [{ reason: takenReasons[kind], message }];
  });
}
