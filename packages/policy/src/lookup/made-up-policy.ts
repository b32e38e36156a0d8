import type { ForkPolicy, ForkPolicySpec } from '../generated/resources.ts';

export type PolicyUser = ForkPolicySpec['users'][number];

/** A row with nothing but a name, and what else is said. */
export function row(name: string, rest: Partial<PolicyUser> = {}): PolicyUser {
  return {
    name,
    displayName: name,
    devices: [],
    licensed: false,
    mayListen: false,
    profiles: [{ name: 'inne', allowListening: true }],
    activeProfile: { name: 'inne' },
    ...rest,
  };
}

/** A ForkPolicy of a company that has a namespace, a domain and a name alike. */
export function shard(
  company: string,
  users: readonly PolicyUser[],
  {
    index = 0,
    count = 1,
    revision = '000000000000',
    settings = {} as Partial<ForkPolicySpec['company']>,
  } = {},
): ForkPolicy {
  return {
    apiVersion: 'medlyssning.dev/v1alpha1',
    kind: 'ForkPolicy',
    metadata: { name: `${company}-${index}-of-${count}`, namespace: company },
    spec: {
      companyRef: { name: company },
      revision,
      shard: { index, count },
      company: {
        displayName: company,
        domains: [`${company}.example`],
        country: 'SE',
        language: 'sv',
        mediaPool: 'default',
        listening: {
          enabled: true,
          featureCode: '*28*',
          allowedDevices: ['Desk'],
          maxListenersPerCall: 10,
          maxPolicyAgeSeconds: 300,
          sound: 'TwoNotes',
          internalCalls: 'Target',
        },
        audit: { retentionDays: 365 },
        ...settings,
      },
      users,
    },
  };
}
