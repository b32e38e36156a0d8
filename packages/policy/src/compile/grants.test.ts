import { describe, expect, it } from 'vitest';
import { compile } from './compile.ts';
import { input, licence, right, user } from './made-up-resources.ts';

const created = (name: string, creationTimestamp: string, team = 'service') =>
  user(name, {}, { creationTimestamp, labels: { team } });

const users = [
  created('anna', '2026-01-03T00:00:00Z'),
  created('bo', '2026-01-01T00:00:00Z'),
  created('cilla', '2026-01-02T00:00:00Z', 'sales'),
  created('eva', '2026-01-01T00:00:00Z'),
];
const names = users.map(({ metadata }) => metadata.name);

function holders(...entitlements: ReturnType<typeof licence>[]) {
  const { policies, statuses, nextChangeAt } = compile(input({ users, entitlements }));
  const rows = policies.flatMap(({ spec }) => spec.users);
  const [first] = statuses.entitlements.values();
  return {
    licensed: rows.filter(({ licensed }) => licensed).map(({ name }) => name),
    mayListen: rows.filter(({ mayListen }) => mayListen).map(({ name }) => name),
    until: rows.map(({ licensedUntil, mayListenUntil }) => licensedUntil ?? mayListenUntil),
    granted: first?.granted,
    subjects: first?.subjects,
    seats: statuses.company.seats,
    ready: first?.conditions?.[0],
    licensedReason: (name: string) =>
      statuses.users.get(name)?.conditions?.find(({ type }) => type === 'Licensed')?.reason,
    nextChangeAt: nextChangeAt?.toISOString(),
  };
}

describe('seats', () => {
  it('go to the user created first, then by name', () => {
    const result = holders(licence('pro', { users: names, seats: 3 }));
    expect(result.licensed).toEqual(['bo', 'cilla', 'eva']);
    expect(result.granted).toBe(3);
    expect(result.ready).toMatchObject({ status: 'False', reason: 'SeatsExceeded' });
    expect(result.licensedReason('anna')).toBe('SeatsExceeded');
    expect(result.seats).toEqual({ used: 3, total: 3 });
    expect(result.subjects).toBe(4);
  });

  it('are not taken by users who do not exist', () => {
    const result = holders(licence('pro', { users: ['aaron', 'anna'], seats: 1 }));
    expect(result.licensed).toEqual(['anna']);
    expect(result.ready).toMatchObject({ status: 'False', reason: 'UserUnknown' });
  });

  it('may be had from another entitlement to the same licence', () => {
    const result = holders(licence('a', { users: names, seats: 3 }), licence('b', { users: ['anna'] }));
    expect(result.licensed).toEqual(names);
    expect(result.seats).toEqual({ used: 3, total: 3 });
  });
});

describe('selectors', () => {
  it.each([
    ['matchLabels', { matchLabels: { team: 'sales' } }, ['cilla']],
    ['In', { matchExpressions: [{ key: 'team', operator: 'In', values: ['sales', 'x'] }] }, ['cilla']],
    [
      'NotIn',
      { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['sales'] }] },
      ['anna', 'bo', 'eva'],
    ],
    ['Exists', { matchExpressions: [{ key: 'team', operator: 'Exists' }] }, names],
    ['DoesNotExist', { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }, []],
    [
      'all of them',
      { matchLabels: { team: 'sales' }, matchExpressions: [{ key: 'x', operator: 'Exists' }] },
      [],
    ],
  ] as const)('%s', (_what, selector, expected) => {
    expect(holders(licence('pro', { selector })).licensed).toEqual(expected);
  });

  it('never give a right (R3)', () => {
    const result = holders(right('r', { selector: { matchLabels: { team: 'service' } } }));
    expect(result.mayListen).toEqual([]);
    expect(result.ready).toMatchObject({ status: 'False', reason: 'SelectorNotAllowed' });
    const both = holders(right('r', { selector: { matchLabels: { team: 'service' } }, users: ['anna'] }));
    expect(both.mayListen).toEqual([]);
  });
});

describe('validity', () => {
  it.each([
    ['Expired', { validUntil: '2026-03-01T12:00:00Z' }],
    ['NotYetValid', { validFrom: '2026-03-01T12:00:01Z' }],
    ['ValidityInvalid', { validFrom: 'soon' }],
  ] as const)('%s: %j gives nobody anything', (reason, validity) => {
    const result = holders(licence('pro', { users: ['anna'], ...validity }));
    expect(result.licensed).toEqual([]);
    expect(result.granted).toBe(0);
    expect(result.ready).toMatchObject({ status: 'False', reason });
    expect(result.licensedReason('anna')).toBe(reason);
  });

  it('begins with validFrom', () => {
    expect(holders(right('r', { users: ['anna'], validFrom: '2026-03-01T12:00:00Z' })).mayListen).toEqual([
      'anna',
    ]);
  });

  it('lasts as long as the longest of several', () => {
    const [early, late] = ['2026-04-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'];
    const a = licence('a', { users: ['anna'], validUntil: late });
    const b = licence('b', { users: ['anna'], validUntil: early });
    const c = licence('c', { users: ['anna'] });
    expect(holders(a, b).until[0]).toBe(late);
    expect(holders(a, b, c).until[0]).toBeUndefined();
  });

  it('tells when time alone changes something next', () => {
    const result = holders(
      licence('a', { users: names, validUntil: '2026-05-01T00:00:00Z' }),
      right('b', { users: names, validFrom: '2026-04-01T00:00:00Z', validUntil: '2026-06-01T00:00:00Z' }),
      right('c', { users: names, validUntil: '2026-02-01T00:00:00Z' }),
    );
    expect(result.nextChangeAt).toBe('2026-04-01T00:00:00.000Z');
    expect(holders(licence('a', { users: names })).nextChangeAt).toBeUndefined();
  });
});

it('takes no licence or right but those that the company requires', () => {
  const other = {
    ...licence('other', { users: names }),
    spec: { companyRef: { name: 'acme' }, license: 'Vxl', users: names },
  };
  const result = holders(other);
  expect(result.licensed).toEqual([]);
  expect(result.granted).toBe(4);
});

it('gives nothing where licence and right are both named, or neither', () => {
  expect(holders(licence('x', { right: 'Medlyssning', users: names })).licensed).toEqual([]);
  const neither = { ...licence('x', {}), spec: { companyRef: { name: 'acme' }, users: names } };
  expect(holders(neither).ready).toMatchObject({ reason: 'KindUnclear' });
});
