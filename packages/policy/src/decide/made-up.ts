import type { CompanyPolicy, DeviceKind, UserRow } from '../lookup/user-row.ts';
import type { AskingDevice, DecideInput, ProfileAtStart } from './decide-input.ts';

/** What a user of a test is like; the rest is filled in. */
export interface MadeUpUser {
  readonly name: string;
  readonly company?: string;
  readonly licensed?: boolean;
  readonly mayListen?: boolean;
  /** Profile names and whether each allows listening now. */
  readonly profiles?: Readonly<Record<string, boolean>>;
  readonly devices?: UserRow['devices'];
}

/** A user for tests of rules: licensed, without the right, unless said otherwise. */
export function madeUpUser(user: MadeUpUser): UserRow {
  const { name, company = 'acme/acme', licensed = true, mayListen = false, profiles = { inne: true } } = user;
  return {
    name,
    company,
    displayName: name,
    extension: undefined,
    fixedNumber: undefined,
    devices: user.devices ?? [{ name: 'desk', kind: 'Desk' }],
    licensedAt: () => licensed,
    mayListenAt: () => mayListen,
    profileAllows: (profile) => profiles[profile],
    activeProfile: { name: 'inne', since: Number.NEGATIVE_INFINITY },
    revision: `revision-of-${name}`,
    isNamed: (other) => other === name,
  };
}

/** Acme, which allows up to two listeners a call and no mobile app. */
export function madeUpCompany(listening: Partial<CompanyPolicy['listening']> = {}): CompanyPolicy {
  return {
    key: 'acme/acme',
    displayName: 'Acme',
    domains: ['acme.example'],
    country: 'SE',
    language: 'sv',
    listening: {
      enabled: true,
      featureCode: '*28*',
      allowedDevices: ['MobileSubscription', 'Desk', 'Softphone', 'Browser'],
      maxListenersPerCall: 2,
      maxPolicyAgeMs: 300_000,
      sound: 'TwoNotes',
      internalCalls: 'Target',
      ...listening,
    },
    retentionDays: 365,
  };
}

export const askingFrom = (kind: DeviceKind): AskingDevice => ({
  kind: 'known',
  device: { name: 'desk', kind },
});

export const startedIn = (profile: string, allowed: boolean): ProfileAtStart => ({
  kind: 'known',
  profile,
  allowed,
});

/** Karin asks from her desk phone to hear Anna, who talks to a customer: allowed as it stands. */
export function allowedInput(changes: Partial<DecideInput> = {}): DecideInput {
  return {
    now: 0,
    company: madeUpCompany(),
    policyAgeMs: 0,
    listener: madeUpUser({ name: 'karin', mayListen: true }),
    device: askingFrom('Desk'),
    target: madeUpUser({ name: 'anna' }),
    call: { callId: 'call-1', targetProfile: startedIn('inne', true), listeners: 0 },
    line: { calls: 0, listens: 0 },
    ...changes,
  };
}
