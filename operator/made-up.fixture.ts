import type { Company, Entitlement, Profile, User } from '@medlyssning/policy';

const apiVersion = 'medlyssning.dev/v1alpha1';
const namespace = 'acme';
const companyRef = { name: 'acme' };

/** Acme as the API server gives it, defaults applied. */
export const acme = (
  metadata: Partial<Company['metadata']> = {},
  spec: Partial<Company['spec']> = {},
): Company => ({
  apiVersion,
  kind: 'Company',
  metadata: { name: 'acme', namespace, uid: 'uid-acme', resourceVersion: '1', generation: 1, ...metadata },
  spec: {
    displayName: 'Acme',
    domains: ['acme.example'],
    country: 'SE',
    language: 'sv',
    numberRanges: ['+46846500'],
    mediaPool: 'default',
    listening: {
      enabled: true,
      featureCode: '*28*',
      requires: { license: 'KundkontaktPro', right: 'Medlyssning' },
      allowedDevices: ['Desk'],
      maxListenersPerCall: 10,
      maxPolicyAgeSeconds: 300,
      sound: 'TwoNotes',
      internalCalls: 'Target',
    },
    audit: { retentionDays: 365 },
    ...spec,
  },
});

export const user = (name: string, metadata: Partial<User['metadata']> = {}): User => ({
  apiVersion,
  kind: 'User',
  metadata: { name, namespace, uid: `uid-${name}`, resourceVersion: '1', generation: 1, ...metadata },
  spec: { companyRef, displayName: name, devices: [], profiles: ['inne'] },
});

export const users = (count: number): readonly User[] =>
  Array.from({ length: count }, (_, index) => user(`user-${index}`));

export const profile = (name: string, allowListening: boolean): Profile => ({
  apiVersion,
  kind: 'Profile',
  metadata: { name, namespace, uid: `uid-${name}`, resourceVersion: '1', generation: 1 },
  spec: { companyRef, displayName: name, allowListening },
});

export const entitlement = (name: string, spec: Partial<Entitlement['spec']>): Entitlement => ({
  apiVersion,
  kind: 'Entitlement',
  metadata: { name, namespace, uid: `uid-${name}`, resourceVersion: '1', generation: 1 },
  spec: { companyRef, ...spec },
});
