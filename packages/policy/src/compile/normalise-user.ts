import type { CompanySpec, User } from '../generated/resources.ts';
import type { DeviceRow } from '../lookup/user-row.ts';
import { normaliseAddress } from '../numbers/normalise-address.ts';
import { normaliseNumber } from '../numbers/normalise-number.ts';
import { shortenNumber } from '../numbers/shorten-number.ts';
import { type Claim, claimAddress, claimExtension, claimNumber, claimSubject } from './claims.ts';
import type { Problem } from './condition.ts';
import { stableHash } from './stable-hash.ts';

/** A user read on its own: numbers and addresses in normal form, those that cannot be used left out. */
export interface NormalisedUser {
  readonly user: User;
  readonly hash: number;
  readonly fixedNumber: string | undefined;
  readonly devices: readonly DeviceRow[];
  /** What this user says to be recognised by; nobody else of the company may claim the same. */
  readonly claims: readonly Claim[];
  readonly problems: readonly Problem[];
}

/** What of the company a user's numbers are read by. */
export type NumberingPlan = Pick<CompanySpec, 'country' | 'numberRanges' | 'domains'>;

/** Reads one user by the company's numbering. A number that is invalid or outside the ranges is left out and told. */
export function normaliseUser(user: User, plan: NumberingPlan): NormalisedUser {
  const problems: Problem[] = [];
  const { fixedNumber: fixedText, extension, subject, devices: deviceSpecs = [] } = user.spec;
  const readNumber = (text: string | undefined, what: string) => {
    if (text === undefined) return undefined;
    const number = normaliseNumber(text, plan);
    const problem =
      number === undefined ? numberInvalid(text, what, plan.country) : outsideRange(number, what, plan);
    if (problem === undefined) return number;
    problems.push(problem);
    return undefined;
  };

  const fixedNumber = readNumber(fixedText, 'fixed number');
  const devices = deviceSpecs.map((device): DeviceRow => {
    const number = readNumber(device.number, `number of device ${device.name}`);
    const address = device.address === undefined ? undefined : normaliseAddress(device.address);
    if (device.address !== undefined && address === undefined) {
      problems.push({
        reason: 'AddressInvalid',
        message: `The address of device ${device.name} is not of the form user@host; correct it.`,
      });
    }
    return {
      name: device.name,
      kind: device.kind,
      ...(number !== undefined && { number }),
      ...(address !== undefined && { address }),
    };
  });

  const claims = [
    ...(fixedNumber === undefined ? [] : [claimNumber(fixedNumber)]),
    ...(extension === undefined ? [] : [claimExtension(extension)]),
    ...(subject === undefined ? [] : [claimSubject(subject)]),
    ...devices.flatMap(({ number, address }) => [
      ...(number === undefined ? [] : [claimNumber(number)]),
      ...(address === undefined ? [] : [claimAddress(address, plan)]),
    ]),
  ];
  return {
    user,
    hash: stableHash(user.metadata.name),
    fixedNumber,
    devices,
    claims: [...new Set(claims)],
    problems,
  };
}

function numberInvalid(text: string, what: string, country: string): Problem {
  return {
    reason: 'NumberInvalid',
    message: `The ${what}, ${shortenNumber(text)}, is no number of ${country} nor an international one; write it as +46….`,
  };
}

function outsideRange(number: string, what: string, { numberRanges }: NumberingPlan): Problem | undefined {
  if (numberRanges.some((range) => number.startsWith(range))) return undefined;
  return {
    reason: 'NumberOutsideRange',
    message: `The ${what}, ${shortenNumber(number)}, lies outside the company's numberRanges; use one inside, or ask the platform for the range.`,
  };
}
