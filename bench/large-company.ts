import type { Company, Entitlement, Profile, User } from '@medlyssning/policy';

const apiVersion = 'medlyssning.dev/v1alpha1';
const companyRef = { name: 'large' };

/** A company of as many users as a bench wants. */
export const company: Company = {
  apiVersion,
  kind: 'Company',
  metadata: { name: 'large', namespace: 'large' },
  spec: {
    displayName: 'Large',
    domains: ['large.example'],
    country: 'SE',
    language: 'sv',
    numberRanges: ['+468', '+467'],
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
  },
};

export function user(i: number): User {
  const name = `user-${i}`;
  return {
    apiVersion,
    kind: 'User',
    metadata: { name, namespace: 'large', labels: { team: i % 5 === 0 ? 'sales' : 'service' } },
    spec: {
      companyRef,
      displayName: `Person ${i}`,
      extension: `${100_000 + i}`,
      // Every other one as people write it, so that both readings count.
      fixedNumber: i % 2 === 0 ? `+4685${100_000 + i}` : `08-5${100_000 + i}`,
      devices: [
        { name: 'desk', kind: 'Desk', address: `${name}@large.example` },
        { name: 'mobile', kind: 'MobileSubscription', number: `+46701${100_000 + i}` },
      ],
      profiles: ['inne'],
    },
  };
}

export function profile(name: string, allowListening: boolean): Profile {
  return {
    apiVersion,
    kind: 'Profile',
    metadata: { name, namespace: 'large' },
    spec: { companyRef, displayName: name, allowListening },
  };
}

export function entitlement(name: string, spec: Omit<Entitlement['spec'], 'companyRef'>): Entitlement {
  return {
    apiVersion,
    kind: 'Entitlement',
    metadata: { name, namespace: 'large' },
    spec: { companyRef, ...spec },
  };
}
