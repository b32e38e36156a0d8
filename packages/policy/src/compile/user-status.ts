import type { UserStatus } from '../generated/resources.ts';
import type { CompanyContext } from './company-context.ts';
import { conditionsOf, type Finding, observed, type Problem, readyFinding } from './condition.ts';
import type { Grant } from './grants.ts';
import type { NormalisedUser } from './normalise-user.ts';
import type { PolicyUser, UserGrants } from './policy-user.ts';

/** The part of a User's status that the operator writes; `activeProfile` is the PBX's. */
export type CompiledUserStatus = Omit<UserStatus, 'activeProfile'>;

/** Tells of one user: `Ready`, `Licensed` (R1), `MayListen` (R2), `Listenable` (R1, R4 if a call started now). */
export function userStatus(
  { user, problems }: NormalisedUser,
  row: PolicyUser,
  grants: UserGrants,
  taken: readonly Problem[],
  context: CompanyContext,
  now: Date,
): CompiledUserStatus {
  const { license, right } = context.company.spec.listening.requires;
  const findings = [
    readyFinding(
      [...taken, ...problems, ...profileProblems(row, user.spec.profiles)],
      'In the policy as written.',
    ),
    grantFinding('Licensed', 'License', license, grants.licence),
    grantFinding('MayListen', 'Right', right, grants.right),
    listenableFinding(row, context),
  ];
  return {
    ...observed(user),
    licensed: row.licensed,
    mayListen: row.mayListen,
    conditions: conditionsOf(user, findings, now),
  };
}

function profileProblems(
  { profiles, activeProfile }: PolicyUser,
  named: readonly string[],
): readonly Problem[] {
  const known = new Set(profiles.map(({ name }) => name));
  const unknown = [...new Set([...named, activeProfile.name])].filter((name) => !known.has(name));
  if (unknown.length === 0) return [];
  const message = `Of the profiles named these are not both the user's and the company's: ${unknown.join(', ')}; calls that start in one cannot be listened to.`;
  return [{ reason: 'ProfileUnknown', message }];
}

function grantFinding(
  type: string,
  kind: 'License' | 'Right',
  name: string,
  grant: Grant | undefined,
): Finding {
  if (grant?.held) return { type, holds: true, reason: `${kind}Granted`, message: `Holds ${name}.` };
  const messages = {
    SeatsExceeded: `An entitlement names the user for ${name}, but all its seats are taken by users created earlier.`,
    NotYetValid: `The entitlement to ${name} is not valid yet.`,
    Expired: `The entitlement to ${name} has expired.`,
    ValidityInvalid: `The entitlement to ${name} has a validity that cannot be read.`,
  };
  return grant === undefined
    ? { type, holds: false, reason: `${kind}Missing`, message: `No entitlement gives ${name} to the user.` }
    : { type, holds: false, reason: grant.reason, message: messages[grant.reason] };
}

function listenableFinding(
  { licensed, profiles, activeProfile }: PolicyUser,
  { company }: CompanyContext,
): Finding {
  const type = 'Listenable';
  const no = (reason: string, message: string) => ({ type, holds: false, reason, message });
  const active = profiles.find(({ name }) => name === activeProfile.name);
  if (!company.spec.listening.enabled) return no('ListeningDisabled', 'Listening is off in the company.');
  if (!licensed)
    return no('TargetLicenseMissing', `The user lacks ${company.spec.listening.requires.license}.`);
  if (active === undefined)
    return no('ProfileUnknown', `The active profile ${activeProfile.name} is not known.`);
  return active.allowListening
    ? {
        type,
        holds: true,
        reason: 'ProfileAllows',
        message: `The active profile ${active.name} allows listening.`,
      }
    : no('ProfileForbids', `The active profile ${active.name} does not allow listening.`);
}
