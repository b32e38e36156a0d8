import type { ForkPolicy } from '@medlyssning/policy';

const [usersPerCompany, usersPerShard] = [1000, 125];

/** Name of a company of the made-up platform. */
export const companyName = (company: number): string => `company-${company}`;

/** E.164 of a user's fixed number; companies share the country and no number. */
export const fixedNumber = (user: number): string => `+468${(1_000_000_000 + user).toString()}`;

/** Makes the shards of a platform with so many users, 1,000 to a company, each with a desk phone and a mobile. */
export function* syntheticPolicies(users: number): Generator<ForkPolicy> {
  const count = usersPerCompany / usersPerShard;
  for (let first = 0; first < users; first += usersPerShard) {
    const company = companyName(Math.floor(first / usersPerCompany));
    const index = (first % usersPerCompany) / usersPerShard;
    yield {
      apiVersion: 'medlyssning.dev/v1alpha1',
      kind: 'ForkPolicy',
      metadata: { name: `${company}-${index}-of-${count}`, namespace: company },
      spec: {
        companyRef: { name: company },
        revision: (first + 0x100000000000).toString(16).slice(0, 12),
        shard: { index, count },
        company: {
          displayName: `Company ${company}`,
          domains: [`${company}.example`],
          country: 'SE',
          language: 'sv',
          mediaPool: 'default',
          listening: {
            enabled: true,
            featureCode: '*28*',
            allowedDevices: ['MobileSubscription', 'Desk', 'Softphone', 'Browser'],
            maxListenersPerCall: 10,
            maxPolicyAgeSeconds: 300,
            sound: 'TwoNotes',
            internalCalls: 'Target',
          },
          audit: { retentionDays: 365 },
        },
        users: Array.from({ length: usersPerShard }, (_, row) => syntheticUser(first + row, company)),
      },
    };
  }
}

function syntheticUser(user: number, company: string): ForkPolicy['spec']['users'][number] {
  const name = `user-${user}`;
  return {
    name,
    displayName: `Förnamn Efternamn ${user}`,
    extension: `${1000 + (user % usersPerCompany)}`,
    fixedNumber: fixedNumber(user),
    devices: [
      { name: 'desk', kind: 'Desk', address: `${name}-desk@${company}.example` },
      { name: 'mobile', kind: 'MobileSubscription', number: `+467${(100_000_000 + user).toString()}` },
    ],
    licensed: true,
    ...(user % 4 === 0 && { licensedUntil: '2099-01-01T00:00:00.000Z' }),
    mayListen: user % 10 === 0,
    profiles: [
      { name: 'inne', allowListening: true },
      { name: 'kundtjanst', allowListening: true },
      { name: 'lunch', allowListening: false },
    ],
    activeProfile: { name: 'kundtjanst', since: '2026-01-01T08:00:00Z' },
    subject: `${name}@${company}.example`,
  };
}
