import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition } from '../generated/resources.ts';
import { compile, statusesByName } from './compile.ts';
import { company, input, licence, noon, profile, right, user } from './made-up-resources.ts';

const anna = user('anna', {
  extension: '403',
  fixedNumber: '08-465 004 03',
  devices: [
    { name: 'desk', kind: 'Desk', address: 'Anna-Desk@acme.example' },
    { name: 'mobile', kind: 'MobileSubscription', number: '070-174 06 13' },
  ],
  profiles: ['inne', 'lunch'],
  subject: 'anna@acme.example',
});

const rowsOf = (changes: Parameters<typeof input>[0]) =>
  compile(input(changes)).policies.flatMap(({ spec }) => spec.users);

const condition = (conditions: readonly Condition[] | undefined, type: string) =>
  conditions?.find((found) => found.type === type);

describe('a user in the policy', () => {
  it('has numbers and addresses in normal form, and the profiles with what they allow', () => {
    const entitlements = [licence('pro', { users: ['anna'], validUntil: '2026-04-01T00:00:00+02:00' })];
    expect(rowsOf({ users: [anna], entitlements })).toEqual([
      {
        name: 'anna',
        displayName: 'anna',
        extension: '403',
        fixedNumber: '+46846500403',
        devices: [
          { name: 'desk', kind: 'Desk', address: 'anna-desk@acme.example' },
          { name: 'mobile', kind: 'MobileSubscription', number: '+46701740613' },
        ],
        licensed: true,
        licensedUntil: '2026-03-31T22:00:00.000Z',
        mayListen: false,
        profiles: [
          { name: 'inne', allowListening: true },
          { name: 'lunch', allowListening: false },
        ],
        activeProfile: { name: 'inne' },
        subject: 'anna@acme.example',
      },
    ]);
  });

  it('has the active profile that the PBX said, and since when', () => {
    const activeProfile = { name: 'lunch', since: '2026-03-01T11:30:00Z' };
    expect(rowsOf({ users: [{ ...anna, status: { activeProfile } }] })).toMatchObject([{ activeProfile }]);
  });

  it('is left out of a company that it is not of, by name or by namespace', () => {
    const elsewhere = user('maja', {}, { namespace: 'beta' });
    const otherCompany = user('nils', { companyRef: { name: 'beta' } });
    const leaving = user('olga', {}, { deletionTimestamp: '2026-03-01T11:59:59Z' });
    expect(rowsOf({ users: [elsewhere, otherCompany, leaving] })).toEqual([]);
  });

  it('gets nothing from an entitlement of another namespace or one being deleted', () => {
    const foreign = { ...right('a', { users: ['anna'] }), metadata: { name: 'a', namespace: 'beta' } };
    const going = right('b', { users: ['anna'] });
    const deleted = { ...going, metadata: { ...going.metadata, deletionTimestamp: '2026-03-01T11:59:59Z' } };
    expect(rowsOf({ users: [anna], entitlements: [foreign, deleted] })).toMatchObject([{ mayListen: false }]);
  });
});

describe('a user with a mistake fails closed, and the rest goes on', () => {
  it.each([
    ['NumberInvalid', { fixedNumber: '465 004 03' }],
    ['NumberOutsideRange', { fixedNumber: '08-123 45 10' }],
    ['NumberTaken', { fixedNumber: '+46846500403' }],
    ['NumberTaken', { devices: [{ name: 'm', kind: 'MobileSubscription', number: '+46701740613' }] }],
    ['NumberTaken', { devices: [{ name: 'd', kind: 'Desk', address: '+46846500403@acme.example' }] }],
    ['ExtensionTaken', { extension: '403' }],
    ['ExtensionTaken', { devices: [{ name: 'd', kind: 'Desk', address: '403@acme.example' }] }],
    ['AddressTaken', { devices: [{ name: 'd', kind: 'Desk', address: 'anna-desk@acme.example' }] }],
    ['AddressInvalid', { devices: [{ name: 'd', kind: 'Desk', address: 'desk' }] }],
    ['SubjectTaken', { subject: 'anna@acme.example' }],
    ['ProfileUnknown', { profiles: ['inne', 'semester'] }],
  ] as const)('%s: %j', (reason, spec) => {
    const cilla = user('cilla', { extension: '405', fixedNumber: '+46846500405' });
    const { policies, statuses } = compile(input({ users: [anna, user('bo', spec), cilla] }));
    const ready = condition(statuses.users.get('bo')?.conditions, 'Ready');
    expect(ready).toMatchObject({ status: 'False', reason });
    expect(ready?.message).not.toMatch(/\d{6}/);
    expect(condition(statuses.users.get('cilla')?.conditions, 'Ready')).toMatchObject({ status: 'True' });
    expect(policies[0]?.spec.users.map(({ name }) => name)).toEqual(['anna', 'bo', 'cilla']);
  });

  it('lets nobody have a number that two claim, so that nobody is taken for another', () => {
    const bo = user('bo', { fixedNumber: '+46846500403' });
    const [annaRow, boRow] = rowsOf({ users: [anna, bo] });
    expect(annaRow).not.toHaveProperty('fixedNumber');
    expect(boRow).not.toHaveProperty('fixedNumber');
    expect(annaRow).toMatchObject({ extension: '403', devices: [{}, { number: '+46701740613' }] });
  });

  it('leaves a holder of the right marked as such while others claim its numbers (R3: admission guards by that mark)', () => {
    const bo = user('bo', { fixedNumber: '+46846500403', extension: '403' });
    expect(rowsOf({ users: [anna, bo], entitlements: [right('r', { users: ['anna'] })] })[0]?.mayListen).toBe(
      true,
    );
  });

  it('does not mind one user naming the same number twice', () => {
    const bo = user('bo', {
      extension: '404',
      fixedNumber: '+46846500404',
      devices: [{ name: 'd', kind: 'Desk', number: '08-465 004 04', address: '404@acme.example' }],
    });
    const { statuses } = compile(input({ users: [bo] }));
    expect(condition(statuses.users.get('bo')?.conditions, 'Ready')?.status).toBe('True');
  });

  it('refuses an active profile that is not the user’s', () => {
    const status = { activeProfile: { name: 'lunch', since: '2026-03-01T11:00:00Z' } };
    const entitlements = [licence('pro', { users: ['bo'] })];
    const { statuses } = compile(input({ users: [{ ...user('bo'), status }], entitlements }));
    expect(condition(statuses.users.get('bo')?.conditions, 'Ready')).toMatchObject({
      reason: 'ProfileUnknown',
    });
    expect(condition(statuses.users.get('bo')?.conditions, 'Listenable')).toMatchObject({
      status: 'False',
      reason: 'ProfileUnknown',
    });
  });
});

describe('statuses', () => {
  it('say of a user whether it is licensed, may listen and can be listened to', () => {
    const entitlements = [licence('pro', { users: ['anna'] })];
    const { statuses } = compile(input({ users: [anna], entitlements }));
    expect(statuses.users.get('anna')?.conditions?.map(({ type, reason }) => `${type} ${reason}`)).toEqual([
      'Ready Compiled',
      'Licensed LicenseGranted',
      'MayListen RightMissing',
      'Listenable ProfileAllows',
    ]);
    expect(statuses.company).toMatchObject({
      observedGeneration: 3,
      users: 1,
      licensed: 1,
      mayListen: 0,
      shards: 1,
    });
  });

  it('keep lastTransitionTime while the status stays', () => {
    const { statuses: first } = compile(input({ users: [anna] }));
    const later = new Date(noon.getTime() + 60_000);
    const users = [{ ...anna, status: { ...first.users.get('anna') } }];
    const entitlements = [licence('pro', { users: ['anna'] })];
    const { statuses } = compile(input({ users, entitlements, now: later }));
    const times = statuses.users
      .get('anna')
      ?.conditions?.map(({ type, lastTransitionTime }) => `${type} ${lastTransitionTime}`);
    expect(times).toEqual([
      'Ready 2026-03-01T12:00:00Z',
      'Licensed 2026-03-01T12:01:00Z',
      'MayListen 2026-03-01T12:00:00Z',
      'Listenable 2026-03-01T12:01:00Z',
    ]);
  });
});

it('gives the same bytes in whatever order its input comes', () => {
  const users = ['anna', 'bo', 'cilla', 'eva', 'filip'].map((name, i) =>
    user(name, { extension: `40${i % 4}` }),
  );
  const entitlements = [
    licence('a', { users: ['anna', 'bo', 'cilla'], seats: 2 }),
    licence('b', {
      selector: { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] },
      validUntil: '2026-05-01T00:00:00Z',
      seats: 3,
    }),
    right('c', { users: ['eva', 'nobody'], validFrom: '2026-03-02T00:00:00Z' }),
  ];
  const profiles = [profile('inne', true), profile('lunch', false)];
  const texts = (result: ReturnType<typeof compile>) =>
    JSON.stringify([result, statusesByName(result.statuses.users)], (_key, value) =>
      value instanceof Map ? [...value] : value,
    );
  const expected = texts(compile(input({ users, entitlements, profiles })));
  const shuffled = <Item>(items: readonly Item[]) =>
    fc.shuffledSubarray([...items], { minLength: items.length });
  fc.assert(
    fc.property(shuffled(users), shuffled(entitlements), shuffled(profiles), (u, e, p) => {
      expect(texts(compile(input({ users: u, entitlements: e, profiles: p })))).toBe(expected);
    }),
    { numRuns: 50 },
  );
});

it('tells the settings of a company without users', () => {
  const { policies } = compile(input({ company: company({ domains: ['b.example', 'a.example'] }) }));
  expect(policies).toMatchObject([
    {
      metadata: { name: 'acme-0-of-1', namespace: 'acme' },
      spec: { company: { domains: ['a.example', 'b.example'] }, users: [] },
    },
  ]);
});
