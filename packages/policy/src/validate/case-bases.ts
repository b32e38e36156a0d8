import { apiVersion, type Kind } from '../generated/schemas.ts';

const metadata = (name: string) => ({ name, namespace: 'acme' });
const companyRef = { name: 'acme' };
const status = {
  observedGeneration: 1,
  conditions: [
    {
      type: 'Ready',
      status: 'True',
      observedGeneration: 1,
      lastTransitionTime: '2026-01-07T08:00:00Z',
      reason: 'Compiled',
      message: 'The policy was compiled.',
    },
  ],
};

/** One valid object of each kind with as many fields set as may be; cases change one field of it. */
export const caseBases: Readonly<Record<Kind, object>> = {
  Company: {
    apiVersion,
    kind: 'Company',
    metadata: metadata('acme'),
    spec: {
      displayName: 'Acme Kundservice AB',
      domains: ['acme.example'],
      country: 'SE',
      language: 'sv',
      numberRanges: ['+4684650040'],
      mediaPool: 'default',
      listening: {
        enabled: true,
        featureCode: '*28*',
        requires: { license: 'KundkontaktPro', right: 'Medlyssning' },
        allowedDevices: ['Desk'],
        maxListenersPerCall: 4,
        maxPolicyAgeSeconds: 300,
        sound: 'TwoNotes',
        internalCalls: 'Target',
      },
      audit: { retentionDays: 30 },
    },
    status: {
      ...status,
      users: 1,
      licensed: 1,
      mayListen: 1,
      seats: { used: 1, total: 2 },
      shards: 1,
      nodes: { total: 2, enforcing: 1 },
    },
  },
  Profile: {
    apiVersion,
    kind: 'Profile',
    metadata: metadata('kundtjanst'),
    spec: { companyRef, displayName: 'Kundtjänst', allowListening: true },
    status,
  },
  User: {
    apiVersion,
    kind: 'User',
    metadata: metadata('anna'),
    spec: {
      companyRef,
      displayName: 'Anna Berg',
      extension: '403',
      fixedNumber: '08-465 004 03',
      devices: [
        { name: 'anna-desk', kind: 'Desk', number: '+46846500403', address: 'anna-desk@acme.example' },
        { name: 'anna-app', kind: 'MobileApp', number: '+46846500405', address: 'anna-app@acme.example' },
      ],
      profiles: ['inne', 'kundtjanst'],
      subject: 'anna@acme.example',
    },
    status: {
      ...status,
      activeProfile: { name: 'kundtjanst', since: '2026-01-07T08:00:00Z', previous: 'inne' },
      licensed: true,
      mayListen: false,
    },
  },
  Entitlement: {
    apiVersion,
    kind: 'Entitlement',
    metadata: metadata('kundkontakt-pro'),
    spec: {
      companyRef,
      license: 'KundkontaktPro',
      users: ['anna'],
      seats: 10,
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2026-12-31T23:00:00Z',
    },
    status: { ...status, granted: 1, subjects: 1 },
  },
  ForkPolicy: {
    apiVersion,
    kind: 'ForkPolicy',
    metadata: metadata('acme-0'),
    spec: {
      companyRef,
      revision: '0123456789ab',
      requires: ['QuietHours'],
      shard: { index: 0, count: 2 },
      company: {
        displayName: 'Acme Kundservice AB',
        domains: ['acme.example'],
        country: 'SE',
        language: 'sv',
        mediaPool: 'default',
        listening: {
          enabled: true,
          featureCode: '*28*',
          allowedDevices: ['Desk'],
          maxListenersPerCall: 4,
          maxPolicyAgeSeconds: 300,
          sound: 'TwoNotes',
          internalCalls: 'Target',
        },
        audit: { retentionDays: 30 },
      },
      users: [
        {
          name: 'anna',
          displayName: 'Anna Berg',
          extension: '403',
          fixedNumber: '+46846500403',
          devices: [
            { name: 'anna-desk', kind: 'Desk', number: '+46846500403', address: 'anna-desk@acme.example' },
          ],
          licensed: true,
          licensedUntil: '2026-12-31T23:00:00Z',
          mayListen: true,
          mayListenUntil: '2026-12-31T23:00:00Z',
          profiles: [{ name: 'kundtjanst', allowListening: true }],
          activeProfile: { name: 'kundtjanst', since: '2026-01-07T08:00:00Z' },
          subject: 'anna@acme.example',
        },
      ],
    },
    status: { conditions: status.conditions },
  },
  MediaNode: {
    apiVersion,
    kind: 'MediaNode',
    metadata: metadata('media-1'),
    spec: { pool: 'default', address: '192.0.2.1:8443' },
    status: {
      ...status,
      versions: { sidecar: '0.1.0', callEngine: '26.0.1.26', listeningEngine: '26.0.1.26' },
      policyResourceVersion: '42',
      lastHeartbeatTime: '2026-01-07T08:00:00Z',
      mirror: { state: 'Connected', since: '2026-01-07T08:00:00Z', missed: 0 },
      audit: { rows: 7, head: 'a1'.repeat(32) },
      calls: 1,
      listens: 1,
    },
  },
};

/** Values to set in the valid object of a kind, by path. `undefined` leaves the field out. */
export type Changes = readonly (readonly [path: string, value: unknown])[];

/** A copy of an object with one field set, or left out where the value is undefined. */
export function withField(object: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(object) && typeof step === 'number') {
    const items: readonly unknown[] = object;
    return Array.from({ length: Math.max(items.length, step + 1) }, (_, index) =>
      index === step ? withField(items[index] ?? {}, rest, value) : items[index],
    );
  }
  const fields = typeof object === 'object' && object !== null ? object : {};
  const others = Object.entries(fields).filter(([name]) => name !== step);
  const child = withField(new Map(Object.entries(fields)).get(String(step)), rest, value);
  return Object.fromEntries(child === undefined ? others : [...others, [step, child]]);
}
