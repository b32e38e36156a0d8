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
 * Knows what several users claim. Nobody keeps it, not even the oldest: if one did, then whoever names another's
 * number first would be taken for them, with their own profile's consent (R4) or the other's rights (R3).
 */
export class ClaimBook {
  /** Nearly every claim has one claimant: a list for each would be most of the memory. */
  readonly #only = new Map<Claim, string>();
  readonly #taken = new Map<Claim, readonly string[]>();

  /** Changes with the book. */
  get taken(): TakenClaims {
    return this.#taken;
  }

  /** A user claims `after` in place of `before`. Returns all for whom something became taken or free by it, each perhaps twice. */
  replace(name: string, before: readonly Claim[], after: readonly Claim[]): readonly string[] {
    const disputed = [...before, ...after].filter(
      (claim) => !before.includes(claim) || !after.includes(claim),
    );
    const rivals = () => disputed.flatMap((claim) => this.#taken.get(claim) ?? []);
    const earlier = rivals();
    for (const claim of disputed)
      if (before.includes(claim)) this.#remove(claim, name);
      else this.#add(claim, name);
    return [...earlier, ...rivals()];
  }

  #add(claim: Claim, name: string): void {
    const owner = this.#only.get(claim);
    const several = this.#taken.get(claim) ?? (owner === undefined ? [] : [owner]);
    if (several.length === 0) this.#only.set(claim, name);
    else {
      this.#only.delete(claim);
      this.#taken.set(claim, [...several, name].sort());
    }
  }

  #remove(claim: Claim, name: string): void {
    const left = this.#taken.get(claim)?.filter((other) => other !== name) ?? [];
    const [last] = left;
    if (left.length > 1) this.#taken.set(claim, left);
    else this.#taken.delete(claim);
    if (left.length === 1 && last !== undefined) this.#only.set(claim, last);
    else this.#only.delete(claim);
  }
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
