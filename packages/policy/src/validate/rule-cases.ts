import type { Kind } from '../generated/schemas.ts';
import type { Changes } from './case-bases.ts';

interface RuleCase {
  readonly kind: Kind;
  /** Beginning of the message of the rule. */
  readonly message: string;
  readonly field: string;
  readonly good: Changes;
  readonly bad: Changes;
  /** The object as it was, for rules about changes. */
  readonly before?: Changes;
}

const companyKinds = ['Profile', 'User', 'Entitlement', 'ForkPolicy'] as const;
const label = { matchLabels: { team: 'sommar' } };

/** The CEL rules of the CRDs. */
export const ruleCases: readonly RuleCase[] = [
  ...companyKinds.map(
    (kind): RuleCase => ({
      kind,
      message: 'companyRef is immutable',
      field: 'spec.companyRef.name',
      before: [],
      good: [],
      bad: [['spec.companyRef.name', 'beta']],
    }),
  ),
  {
    kind: 'Company',
    message: 'name each kind of device once',
    field: 'spec.listening.allowedDevices',
    good: [['spec.listening.allowedDevices', ['Desk', 'Browser']]],
    bad: [['spec.listening.allowedDevices', ['Desk', 'Browser', 'Desk']]],
  },
  {
    kind: 'User',
    message: 'a device needs a number or an address',
    field: 'spec.devices[0]',
    good: [['spec.devices[0].address', undefined]],
    bad: [
      ['spec.devices[0].address', undefined],
      ['spec.devices[0].number', undefined],
    ],
  },
  {
    kind: 'User',
    message: 'a MobileSubscription needs its number',
    field: 'spec.devices[0].number',
    good: [['spec.devices[0].kind', 'MobileSubscription']],
    bad: [
      ['spec.devices[0].kind', 'MobileSubscription'],
      ['spec.devices[0].number', undefined],
    ],
  },
  {
    kind: 'User',
    message: 'two devices of a user cannot have the same number',
    field: 'spec.devices',
    good: [['spec.devices[1].number', undefined]],
    bad: [['spec.devices[1].number', '+46846500403']],
  },
  {
    kind: 'User',
    message: 'two devices of a user cannot have the same address',
    field: 'spec.devices',
    good: [['spec.devices[1].address', undefined]],
    bad: [['spec.devices[1].address', 'anna-desk@acme.example']],
  },
  {
    kind: 'Entitlement',
    message: 'name exactly one of license and right',
    field: 'spec',
    good: [
      ['spec.license', undefined],
      ['spec.right', 'Medlyssning'],
    ],
    bad: [['spec.right', 'Medlyssning']],
  },
  {
    kind: 'Entitlement',
    message: 'name exactly one of license and right',
    field: 'spec',
    good: [],
    bad: [['spec.license', undefined]],
  },
  {
    kind: 'Entitlement',
    message: 'name exactly one of users and selector',
    field: 'spec',
    good: [
      ['spec.users', undefined],
      ['spec.selector', label],
    ],
    bad: [['spec.selector', label]],
  },
  {
    kind: 'Entitlement',
    message: 'a right names its users one by one',
    field: 'spec.selector',
    good: [
      ['spec.license', undefined],
      ['spec.right', 'Medlyssning'],
    ],
    bad: [
      ['spec.license', undefined],
      ['spec.right', 'Medlyssning'],
      ['spec.users', undefined],
      ['spec.selector', label],
    ],
  },
  {
    kind: 'Entitlement',
    message: 'an empty selector would license everyone',
    field: 'spec.selector',
    good: [
      ['spec.users', undefined],
      ['spec.selector', { matchExpressions: [{ key: 'team', operator: 'Exists' }] }],
    ],
    bad: [
      ['spec.users', undefined],
      ['spec.selector', { matchLabels: {} }],
    ],
  },
  {
    kind: 'Entitlement',
    message: 'In and NotIn need values; Exists and DoesNotExist take none',
    field: 'spec.selector.matchExpressions[0].values',
    good: [
      ['spec.users', undefined],
      ['spec.selector', { matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['sommar'] }] }],
    ],
    bad: [
      ['spec.users', undefined],
      ['spec.selector', { matchExpressions: [{ key: 'team', operator: 'Exists', values: ['sommar'] }] }],
    ],
  },
  {
    kind: 'Entitlement',
    message: 'In and NotIn need values; Exists and DoesNotExist take none',
    field: 'spec.selector.matchExpressions[0].values',
    good: [
      ['spec.users', undefined],
      ['spec.selector', { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] }],
    ],
    bad: [
      ['spec.users', undefined],
      ['spec.selector', { matchExpressions: [{ key: 'team', operator: 'In' }] }],
    ],
  },
  {
    kind: 'Entitlement',
    message: 'validFrom must be before validUntil',
    field: 'spec.validUntil',
    // The offsets matter: as texts these two would compare the other way round.
    good: [
      ['spec.validFrom', '2026-06-01T01:00:00+02:00'],
      ['spec.validUntil', '2026-05-31T23:30:00Z'],
    ],
    bad: [
      ['spec.validFrom', '2026-06-01T00:30:00Z'],
      ['spec.validUntil', '2026-06-01T01:00:00+02:00'],
    ],
  },
  {
    kind: 'Entitlement',
    message: 'license is immutable',
    field: 'spec',
    before: [],
    good: [['spec.seats', 1]],
    bad: [['spec.license', 'Other']],
  },
  {
    kind: 'Entitlement',
    message: 'right is immutable',
    field: 'spec',
    before: [],
    good: [['spec.users', []]],
    bad: [
      ['spec.license', undefined],
      ['spec.right', 'Medlyssning'],
    ],
  },
  {
    kind: 'ForkPolicy',
    message: 'index must be below count',
    field: 'spec.shard.index',
    good: [['spec.shard.index', 1]],
    bad: [['spec.shard.index', 2]],
  },
  {
    kind: 'ForkPolicy',
    message: 'licensedUntil says when the licence ends',
    field: 'spec.users[0]',
    good: [
      ['spec.users[0].licensed', false],
      ['spec.users[0].licensedUntil', undefined],
    ],
    bad: [['spec.users[0].licensed', false]],
  },
  {
    kind: 'ForkPolicy',
    message: 'mayListenUntil says when the right ends',
    field: 'spec.users[0]',
    good: [
      ['spec.users[0].mayListen', false],
      ['spec.users[0].mayListenUntil', undefined],
    ],
    bad: [['spec.users[0].mayListen', false]],
  },
];
