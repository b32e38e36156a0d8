import { compile, type ForkPolicy } from '@medlyssning/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acme, users } from '../made-up.fixture.ts';
import { createPlanner, mayGo } from './plan-writes.ts';
import { wantedPolicy } from './wanted-policy.ts';

const now = new Date('2026-03-01T12:00:00Z');
const compiled = (count: number): readonly ForkPolicy[] =>
  compile({ company: acme(), profiles: [], users: users(count), entitlements: [], now }).policies.map(
    wantedPolicy,
  );
/** As the API server gives it back: another object, keys in another order, with what the server adds. */
const stored = (policy: ForkPolicy): ForkPolicy => ({
  ...policy,
  metadata: { ...policy.metadata, uid: `uid-${policy.metadata.name}`, resourceVersion: '7' },
  spec: Object.fromEntries(Object.entries(structuredClone(policy.spec)).reverse()) as never,
});
const names = (policies: readonly ForkPolicy[]) => policies.map(({ metadata }) => metadata.name);
const [one] = compiled(3) as [ForkPolicy];

const nothing = { writes: [], postponed: [], strays: [], outdated: [] };

describe('a plan', () => {
  it('writes what is not there', () => {
    expect(createPlanner()([one], [])).toEqual({ ...nothing, writes: [one] });
  });

  it('is empty where all is as wanted', () => {
    expect(createPlanner()([one], [stored(one)])).toEqual(nothing);
  });

  it.each<readonly [what: string, edit: (policy: ForkPolicy) => ForkPolicy]>([
    [
      'a right given by hand',
      (p) => ({ ...p, spec: { ...p.spec, users: p.spec.users.map((u) => ({ ...u, mayListen: true })) } }),
    ],
    ['a user taken out', (p) => ({ ...p, spec: { ...p.spec, users: p.spec.users.slice(1) } })],
    ['another revision', (p) => ({ ...p, spec: { ...p.spec, revision: '000000000000' } })],
    ['no spec at all', (p) => ({ ...p, spec: undefined as never })],
    [
      'another pool in the label',
      (p) => ({
        ...p,
        metadata: { ...p.metadata, labels: { ...p.metadata.labels, 'medlyssning.dev/pool': 'other' } },
      }),
    ],
    ['labels removed', ({ metadata: { labels: _, ...metadata }, ...p }) => ({ ...p, metadata })],
    ['no owner', (p) => ({ ...p, metadata: { ...p.metadata, ownerReferences: [] } })],
  ])('puts back %s', (_, edit) => {
    expect(names(createPlanner()([one], [edit(stored(one))]).writes)).toEqual(['acme-0-of-1']);
  });

  it('leaves labels and annotations of others alone', () => {
    const labelled = stored(one);
    const theirs = {
      ...labelled,
      metadata: {
        ...labelled.metadata,
        labels: { ...labelled.metadata.labels, team: 'voice' },
        annotations: { note: 'seen' },
      },
    };
    expect(createPlanner()([one], [theirs]).writes).toEqual([]);
  });

  it('tells the shards of an earlier cut from strays', () => {
    const two = compiled(48);
    const stray = { ...stored(one), metadata: { ...stored(one).metadata, name: 'acme-copy' } };
    const plan = createPlanner()(two, [stored(one), stray]);
    expect(names(plan.writes)).toEqual(['acme-0-of-2', 'acme-1-of-2']);
    expect(names(plan.outdated)).toEqual(['acme-0-of-1']);
    expect(names(plan.strays)).toEqual(['acme-copy']);
  });

  it('has only strays where nothing is wanted: the company is gone', () => {
    expect(names(createPlanner()([], [stored(one)]).strays)).toEqual(['acme-0-of-1']);
  });

  it('does not delete what is being deleted', () => {
    const going = stored(one);
    const metadata = { ...going.metadata, deletionTimestamp: '2026-03-01T12:00:00Z' };
    expect(createPlanner()([], [{ ...going, metadata }]).strays).toEqual([]);
  });

  it('has a round hold no more than 32 writes, what is taken away first', () => {
    const before = compiled(3000);
    const changed = before.map((policy, i) => ({
      ...policy,
      spec: {
        ...policy.spec,
        revision: '000000000000',
        users: i === before.length - 1 ? policy.spec.users.slice(1) : policy.spec.users,
      },
    }));
    const plan = createPlanner()(changed, before.map(stored));
    expect(plan.writes).toHaveLength(32);
    expect(plan.writes[0]).toBe(changed.at(-1));
    expect([...plan.writes, ...plan.postponed]).toHaveLength(changed.length);
  });

  it('comes to what is wanted in some rounds, whatever was there, and nobody is left out on the way', () => {
    const anyCut = fc.integer({ min: 0, max: 2500 }).map((count) => compiled(count));
    fc.assert(
      fc.property(anyCut, anyCut, (before, wanted) => {
        const usersOf = (policies: Iterable<ForkPolicy>) =>
          new Set([...policies].flatMap(({ spec }) => spec.users.map(({ name }) => name)));
        const wantedUsers = usersOf(wanted);
        const staying = [...usersOf(before)].filter((name) => wantedUsers.has(name));
        const left = new Map(before.map((policy) => [policy.metadata.name, stored(policy)]));
        const plan = createPlanner();
        for (let round = 0; ; round += 1) {
          const { writes, postponed, strays, outdated } = plan(wanted, [...left.values()]);
          if (writes.length + strays.length + outdated.length === 0) break;
          for (const policy of writes) left.set(policy.metadata.name, stored(policy));
          const going = outdated.filter((policy) => mayGo(policy, postponed));
          for (const { metadata } of [...strays, ...going]) left.delete(metadata.name);
          const covered = usersOf(left.values());
          expect(staying.filter((name) => !covered.has(name))).toEqual([]);
          expect(round).toBeLessThan(wanted.length / 32 + 1);
        }
        expect([...left.keys()].toSorted()).toEqual(names(wanted).toSorted());
      }),
      { numRuns: 20 },
    );
  });
});

describe('an outdated shard', () => {
  const shard = (index: number, count: number): ForkPolicy => ({
    ...one,
    spec: { ...one.spec, shard: { index, count } },
  });

  it('stays while the write of one that takes over its users failed', () => {
    expect(mayGo(shard(1, 2), [shard(3, 4)])).toBe(false);
    expect(mayGo(shard(3, 4), [shard(1, 2)])).toBe(false);
    expect(mayGo(shard(0, 1), [shard(5, 8)])).toBe(false);
  });

  it('goes when others failed only', () => {
    expect(mayGo(shard(1, 2), [])).toBe(true);
    expect(mayGo(shard(1, 2), [shard(0, 4), shard(2, 4)])).toBe(true);
  });
});
