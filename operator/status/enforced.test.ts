import type { MediaNode } from '@medlyssning/policy';
import { describe, expect, it } from 'vitest';
import { enforcedFinding, enforcementOf } from './enforced.ts';

const now = new Date('2026-03-01T12:00:00Z');
const node = (policyResourceVersion?: string, status: Partial<MediaNode['status']> = {}): MediaNode => ({
  apiVersion: 'medlyssning.dev/v1alpha1',
  kind: 'MediaNode',
  metadata: { name: 'media-1', namespace: 'medlyssning-system' },
  spec: { pool: 'default' },
  ...(policyResourceVersion !== undefined && {
    status: { policyResourceVersion, lastHeartbeatTime: '2026-03-01T11:59:30Z', ...status },
  }),
});

describe('a media node', () => {
  it.each<readonly [says: string | undefined, newest: bigint | undefined, enforces: boolean]>([
    ['100', 100n, true],
    ['101', 100n, true],
    ['99', 100n, false],
    ['9', 10n, false], // as numbers, not as texts
    [undefined, 100n, false],
    ['latest', 100n, false],
    ['100', undefined, false],
  ])('that says %s where %s is the newest: %s', (says, newest, enforces) => {
    expect(enforcementOf([node(says)], newest, now)).toEqual({ total: 1, enforcing: enforces ? 1 : 0 });
  });

  it.each<readonly [what: string, status: Partial<MediaNode['status']>]>([
    ['was last heard a minute ago', { lastHeartbeatTime: '2026-03-01T11:59:00Z' }],
    ['says no time', { lastHeartbeatTime: 'soon' }],
    [
      'could not read a policy',
      {
        conditions: [
          {
            type: 'PolicyApplied',
            status: 'False',
            reason: 'PolicyMalformed',
            message: '',
            lastTransitionTime: '2026-03-01T11:59:00Z',
          },
        ],
      },
    ],
  ])('that %s does not count', (_, status) => {
    expect(enforcementOf([node('100', status)], 100n, now)).toEqual({ total: 1, enforcing: 0 });
  });
});

describe('Enforced', () => {
  it.each([
    [
      { total: 0, enforcing: 0 },
      { holds: 'unknown', reason: 'NoMediaNodes' },
    ],
    [
      { total: 3, enforcing: 2 },
      { holds: false, reason: 'NodesBehind' },
    ],
    [
      { total: 3, enforcing: 3 },
      { holds: true, reason: 'AllNodes' },
    ],
  ])('of %j', (enforcement, finding) => {
    expect(enforcedFinding(enforcement, 'default')).toMatchObject(finding);
  });

  it('says how many', () => {
    expect(enforcedFinding({ total: 3, enforcing: 2 }, 'default').message).toMatch(/^2 of 3 media nodes/);
  });
});
