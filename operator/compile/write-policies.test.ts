import { compile, type ForkPolicy } from '@medlyssning/policy';
import { ApiError, type KubeApi } from 'kube-runtime';
import { describe, expect, it } from 'vitest';
import { acme, users } from '../made-up.fixture.ts';
import type { Stored } from '../watch/resources.ts';
import { createPlanner } from './plan-writes.ts';
import { PoliciesNotWritten, writePolicies } from './write-policies.ts';

const now = new Date('2026-03-01T12:00:00Z');
const compiled = (count: number) =>
  compile({ company: acme(), profiles: [], users: users(count), entitlements: [], now }).policies;
const stored = (policy: ForkPolicy): Stored<ForkPolicy> => ({
  ...policy,
  metadata: { ...policy.metadata, uid: `uid-${policy.metadata.name}`, resourceVersion: '7' },
});
const forged = (): Stored<ForkPolicy> => {
  const [policy] = compiled(1);
  if (policy === undefined) throw new Error('A company has a shard.');
  return stored({ ...policy, metadata: { ...policy.metadata, name: 'forged', ownerReferences: [] } });
};

/** An API server that says what it was asked, and refuses what it is told to refuse. */
const server = (refuse: Readonly<Record<string, number>> = {}) => {
  const asked: string[] = [];
  const take = (verb: string, name: string) => {
    asked.push(`${verb} ${name}`);
    const status = refuse[name];
    if (status !== undefined) throw new ApiError('It is refused.', { status, reason: 'Refused' });
  };
  const api = {
    apply: async (_: unknown, object: ForkPolicy) => {
      take('apply', object.metadata.name);
      return { ...object, metadata: { ...object.metadata, resourceVersion: '9' } };
    },
    delete: async (_: unknown, { name }: { readonly name: string }) => take('delete', name),
  } as unknown as KubeApi;
  return { api, asked };
};

const run = async (
  { api }: { readonly api: KubeApi },
  before: readonly Stored<ForkPolicy>[],
  count: number,
  signal = new AbortController().signal,
) => writePolicies(api, createPlanner()(compiled(count), before), before, signal);

const old = compiled(3).map(stored);

describe('writing', () => {
  it('deletes strays at once, and outdated shards after what replaces them', async () => {
    const at = server();
    const written = await run(at, [...old, forged()], 48);
    expect(at.asked).toEqual([
      'delete forged',
      'apply acme-0-of-2',
      'apply acme-1-of-2',
      'delete acme-0-of-1',
    ]);
    expect(written).toMatchObject({ applied: 2, deleted: 2 });
    expect([...written.replaced]).toEqual([
      ['acme/forged', '7'],
      ['acme/acme-0-of-2', undefined],
      ['acme/acme-1-of-2', undefined],
      ['acme/acme-0-of-1', '7'],
    ]);
  });

  it('keeps an outdated shard whose replacement failed, does all else, and tells', async () => {
    const at = server({ 'acme-0-of-2': 500 });
    await expect(run(at, old, 48)).rejects.toThrow(PoliciesNotWritten);
    expect(at.asked).toEqual(['apply acme-0-of-2', 'apply acme-1-of-2']);
  });

  it('takes what is gone already as deleted', async () => {
    expect(await run(server({ forged: 404 }), [...old, forged()], 3)).toMatchObject({ deleted: 1 });
  });

  it('writes nothing more once it is stopped', async () => {
    const at = server();
    await expect(run(at, old, 48, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(at.asked).toEqual([]);
  });
});
