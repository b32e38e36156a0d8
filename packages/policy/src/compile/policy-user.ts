import type { ForkPolicySpec } from '../generated/resources.ts';
import type { DeviceRow } from '../lookup/user-row.ts';
import { claimAddress, claimExtension, claimNumber, claimSubject, type TakenClaims } from './claims.ts';
import type { CompanyContext } from './company-context.ts';
import type { Grant } from './grants.ts';
import type { NormalisedUser } from './normalise-user.ts';

/** One user as a ForkPolicy says it. */
export type PolicyUser = ForkPolicySpec['users'][number];

/** What the user was granted, where anything. */
export interface UserGrants {
  readonly licence: Grant | undefined;
  readonly right: Grant | undefined;
}

/**
 * Writes one user for the media nodes: what several claim and profiles that do not exist are left out. The user
 * stays, with licence and right as they are: another's claim must not take a holder's marks off, since admission
 * guards the devices of those who hold the right by them (R3).
 */
export function policyUser(
  { user, fixedNumber, devices }: NormalisedUser,
  { licence, right }: UserGrants,
  taken: TakenClaims,
  { company, profilesOf }: CompanyContext,
): PolicyUser {
  const { spec, metadata, status } = user;
  const { extension, subject } = spec;
  const [firstProfile = ''] = spec.profiles;
  const device = ({ name, kind, number, address }: DeviceRow): DeviceRow => ({
    name,
    kind,
    ...(number !== undefined && !taken.has(claimNumber(number)) && { number }),
    ...(address !== undefined && !taken.has(claimAddress(address, company.spec)) && { address }),
  });
  return {
    name: metadata.name,
    displayName: spec.displayName,
    ...(extension !== undefined && !taken.has(claimExtension(extension)) && { extension }),
    ...(fixedNumber !== undefined && !taken.has(claimNumber(fixedNumber)) && { fixedNumber }),
    devices: taken.size === 0 ? devices : devices.map(device),
    licensed: licence?.held ?? false,
    ...(licence?.held && Number.isFinite(licence.until) && { licensedUntil: toTime(licence.until) }),
    mayListen: right?.held ?? false,
    ...(right?.held && Number.isFinite(right.until) && { mayListenUntil: toTime(right.until) }),
    profiles: profilesOf(spec.profiles),
    activeProfile:
      status?.activeProfile === undefined
        ? { name: firstProfile }
        : { name: status.activeProfile.name, since: status.activeProfile.since },
    ...(subject !== undefined && !taken.has(claimSubject(subject)) && { subject }),
  };
}

function toTime(time: number): string {
  return new Date(time).toISOString();
}
