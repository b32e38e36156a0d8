import type { Company, Entitlement, Profile, User } from '../generated/resources.ts';
import type { CompileInput } from './compile.ts';

const apiVersion = 'medlyssning.dev/v1alpha1';
const companyRef = { name: 'acme' };
const namespace = 'acme';

/** Noon, when every made-up compile happens. */
export const noon = new Date('2026-03-01T12:00:00Z');

export function company(spec: Partial<Company['spec']> = {}): Company {
  return {
    apiVersion,
    kind: 'Company',
    metadata: { name: 'acme', namespace, generation: 3 },
    spec: {
      displayName: 'Acme',
      domains: ['acme.example'],
      country: 'SE',
      language: 'sv',
      numberRanges: ['+46846500', '+4670174'],
      mediaPool: 'default',
      listening: {
        enabled: true,
        featureCode: '*28*',
        requires: { license: 'KundkontaktPro', right: 'Medlyssning' },
        allowedDevices: ['MobileSubscription', 'Desk'],
        maxListenersPerCall: 10,
        maxPolicyAgeSeconds: 300,
        sound: 'TwoNotes',
        internalCalls: 'Target',
      },
      audit: { retentionDays: 365 },
      ...spec,
    },
  };
}

export function user(
  name: string,
  spec: Partial<User['spec']> = {},
  metadata: Partial<User['metadata']> = {},
): User {
  return {
    apiVersion,
    kind: 'User',
    metadata: { name, namespace, ...metadata },
    spec: { companyRef, displayName: name, devices: [], profiles: ['inne'], ...spec },
  };
}

export function profile(name: string, allowListening: boolean): Profile {
  return {
    apiVersion,
    kind: 'Profile',
    metadata: { name, namespace },
    spec: { companyRef, displayName: name, allowListening },
  };
}

export function licence(name: string, spec: Partial<Entitlement['spec']>): Entitlement {
  return entitlement(name, { license: 'KundkontaktPro', ...spec });
}

export function right(name: string, spec: Partial<Entitlement['spec']>): Entitlement {
  return entitlement(name, { right: 'Medlyssning', ...spec });
}

function entitlement(name: string, spec: Partial<Entitlement['spec']>): Entitlement {
  return { apiVersion, kind: 'Entitlement', metadata: { name, namespace }, spec: { companyRef, ...spec } };
}

/** Acme with the profiles Inne (allows) and Lunch (does not). */
export function input(changes: Partial<CompileInput>): CompileInput {
  return {
    company: company(),
    profiles: [profile('inne', true), profile('lunch', false)],
    users: [],
    entitlements: [],
    now: noon,
    ...changes,
  };
}
