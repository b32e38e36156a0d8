import { expect, it } from 'vitest';
import { user } from '../made-up.fixture.ts';
import type { Stored } from './resources.ts';
import { shareAlike } from './share-alike.ts';

const stored = (name: string, status?: object) =>
  JSON.parse(
    JSON.stringify({ ...user(name, { labels: { team: 'service' } }), ...(status && { status }) }),
  ) as Stored<ReturnType<typeof user>>;
const ready = { type: 'Ready', status: 'True', reason: 'Compiled', message: 'In the policy as written.' };

it('says the same as before, and keeps once what two users have alike', () => {
  const [anna, bo] = [
    stored('anna', { licensed: true, conditions: [ready] }),
    stored('bo', { conditions: [ready] }),
  ];
  const [a, b] = [shareAlike(anna), shareAlike(bo)];
  expect([a, b]).toEqual([anna, bo]);
  expect(a.metadata.labels).toBe(b.metadata.labels);
  expect(a.spec.profiles).toBe(b.spec.profiles);
  expect(a.status?.conditions?.[0]).toBe(b.status?.conditions?.[0]);
});

it.each([
  ['no status', stored('anna')],
  ['conditions that are no list', stored('anna', { conditions: 'Ready' })],
  ['a status that is no object', { ...stored('anna'), status: 'odd' as never }],
  ['no spec', { ...stored('anna'), spec: undefined as never }],
  [
    'profiles that are no list',
    { ...stored('anna'), spec: { ...stored('anna').spec, profiles: 7 as never } },
  ],
])('leaves %s as it is', (_, object) => {
  expect(shareAlike(object)).toEqual(object);
});
