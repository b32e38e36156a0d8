import { type Company, createCompiler, type Entitlement, type Profile, type User } from '@medlyssning/policy';
import { type BenchRow, exactly } from './bench-row.ts';

const users = 50_000;
const apiVersion = 'medlyssning.dev/v1alpha1';
const companyRef = { name: 'large' };
const now = new Date('2026-01-01T12:00:00Z');

/** `compile` of one company of 50,000 users: cold, after one user changed, and after a profile was switched off. */
export async function run(): Promise<BenchRow[]> {
  const compile = createCompiler();
  const people = Array.from({ length: users }, (_, i) => user(i));
  const entitlements = [
    entitlement({ license: 'KundkontaktPro', selector: { matchLabels: { team: 'service' } } }),
    entitlement({ right: 'Medlyssning', users: people.slice(0, 1000).map(({ metadata }) => metadata.name) }),
  ];
  const input = { company, profiles: [profile('inne', true)], users: people, entitlements, now };

  const [cold, coldMs] = timed(() => compile(input));
  const changed = people.with(17, {
    ...user(17),
    status: { activeProfile: { name: 'inne', since: '2026-01-01T11:00:00Z' } },
  });
  const [one, oneMs] = timed(() => compile({ ...input, users: changed, previous: cold.policies }));
  const rewritten = one.policies.filter((policy) => !cold.policies.includes(policy)).length;
  const profiles = [profile('inne', false)];
  const [, profileMs] = timed(() => compile({ ...input, users: changed, profiles, previous: one.policies }));
  return [
    { name: 'compile 50,000 users, cold', value: coldMs, unit: 'ms' },
    { name: 'compile 50,000 users, one user changed', value: oneMs, unit: 'ms' },
    {
      name: 'ForkPolicies rewritten for one user changed',
      value: rewritten,
      unit: `of ${one.policies.length}`,
      target: exactly(1),
    },
    { name: 'compile 50,000 users, a profile of all changed', value: profileMs, unit: 'ms' },
  ];
}

function timed<Result>(work: () => Result): [Result, number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}

const company: Company = {
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

function user(i: number): User {
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

function profile(name: string, allowListening: boolean): Profile {
  return {
    apiVersion,
    kind: 'Profile',
    metadata: { name, namespace: 'large' },
    spec: { companyRef, displayName: name, allowListening },
  };
}

function entitlement(spec: Omit<Entitlement['spec'], 'companyRef'>): Entitlement {
  const name = spec.license === undefined ? 'right' : 'licence';
  return {
    apiVersion,
    kind: 'Entitlement',
    metadata: { name, namespace: 'large' },
    spec: { companyRef, ...spec },
  };
}
