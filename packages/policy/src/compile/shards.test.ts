import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForkPolicy } from '../generated/resources.ts';
import { createCompiler } from './compile.ts';
import { input, profile, user } from './made-up-resources.ts';
import { cutIntoShards } from './shards.ts';
import { stableHash } from './stable-hash.ts';

const people = (count: number) => Array.from({ length: count }, (_, i) => user(`user-${i}`));

/** Names of the ForkPolicies that are written or deleted from one state to the next. */
function changed(before: readonly ForkPolicy[], after: readonly ForkPolicy[]): readonly string[] {
  const text = (policies: readonly ForkPolicy[]) =>
    new Map(policies.map(({ metadata, spec }) => [metadata.name, spec.revision]));
  const [old, now] = [text(before), text(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name));
}

describe('shards of a large company', () => {
  const users = people(2000);
  const compile = createCompiler();
  const before = compile(input({ users })).policies;

  it('hold at most 32 users each, everyone once', () => {
    expect(Math.max(...before.map(({ spec }) => spec.users.length))).toBeLessThanOrEqual(32);
    expect(before.flatMap(({ spec }) => spec.users.map(({ name }) => name)).sort()).toEqual(
      users.map(({ metadata }) => metadata.name).sort(),
    );
  });

  it('are rewritten one at a time when a user changes', () => {
    const after = compile(input({ users: users.with(7, user('user-7', { displayName: 'Sju' })) }));
    expect(changed(before, after.policies)).toHaveLength(1);
    // The others are the same objects: nothing is hashed or compared again.
    expect(after.policies.filter((policy) => before.includes(policy))).toHaveLength(before.length - 1);
  });

  it('are the same whether or not the run before is known', () => {
    const after = createCompiler()(input({ users: people(2000) }));
    expect(after.policies).toEqual(before);
  });

  it('are all rewritten when a profile of all changes', () => {
    const profiles = [profile('inne', false)];
    const after = compile(input({ users, profiles }));
    expect(changed(before, after.policies)).toHaveLength(before.length);
  });
});

describe('cutIntoShards', () => {
  const entry = (name: string) => ({ name, hash: stableHash(name) });

  it('changes one shard, or splits or joins one, for each user that comes or goes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.string({ minLength: 1 }), (count, newcomer) => {
        const entries = Array.from({ length: count }, (_, i) => entry(`user-${i}`));
        const key = (shards: ReturnType<typeof cutIntoShards<{ name: string; hash: number }>>) =>
          new Set(
            shards.map(
              ({ index, count, entries }) => `${index}/${count}: ${entries.map(({ name }) => name)}`,
            ),
          );
        const without = key(cutIntoShards(entries));
        const withOne = key(cutIntoShards([...entries, entry(newcomer)]));
        // A split takes one away and makes two; only rarely do all 129 fall on one side and it is split again.
        expect(
          without
            .values()
            .filter((shard) => !withOne.has(shard))
            .toArray().length,
        ).toBe(1);
        expect(
          withOne
            .values()
            .filter((shard) => !without.has(shard))
            .toArray().length,
        ).toBeLessThanOrEqual(4);
      }),
      { numRuns: 100 },
    );
  });

  it('covers every hash exactly once', () => {
    const shards = cutIntoShards(Array.from({ length: 5000 }, (_, i) => entry(`user-${i}`)));
    expect(shards.reduce((share, { count }) => share + 1 / count, 0)).toBe(1);
  });

  it('ends, and leaves users out rather than break the limit, where names were made to collide', () => {
    const shards = cutIntoShards(Array.from({ length: 200 }, (_, i) => ({ name: `${i}`, hash: 5 })));
    expect(Math.max(...shards.map(({ entries }) => entries.length))).toBe(32);
  });
});
