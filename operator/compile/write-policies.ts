import type { ForkPolicy } from '@medlyssning/policy';
import { inSpan } from '@medlyssning/telemetry';
import { ApiError, type KubeApi } from 'kube-runtime';
import { tracer } from '../telemetry/tracer.ts';
import { keyOf } from '../watch/company-key.ts';
import type { Stored } from '../watch/resources.ts';
import { forkPolicies } from '../watch/resources.ts';
import { eachAtMost } from './each-at-most.ts';
import { mayGo, type WritePlan } from './plan-writes.ts';

/** Owns what the operator writes, in `managedFields`. */
export const fieldManager = 'medlyssning-operator';

/** Some ForkPolicies could not be written or deleted. All others are as they should be. */
export class PoliciesNotWritten extends Error {
  override readonly name = 'PoliciesNotWritten';
  readonly reason = 'PolicyNotWritten';

  constructor(failed: number, of: number, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`${failed} of ${of} changed ForkPolicies could not be written: ${why} It is tried again.`, {
      cause,
    });
  }
}

export interface Written {
  /** resourceVersions that were replaced, by store key; `undefined` for what was made. */
  readonly replaced: ReadonlyMap<string, string | undefined>;
  readonly applied: number;
  readonly deleted: number;
}

/** Requests under way at a time, of one company. */
const concurrency = 8;

/**
 * Carries out a plan: strays go, what is new or changed is applied, and only then what it replaces goes. Tries all,
 * then throws {@link PoliciesNotWritten} where some failed. `signal` stops it between requests: one that was begun is
 * ended, so that whoever leads next does not meet it.
 */
export const writePolicies = async (
  api: KubeApi,
  { writes, postponed, strays, outdated }: WritePlan,
  observed: readonly Stored<ForkPolicy>[],
  signal: AbortSignal,
): Promise<Written> => {
  const versions = new Map(observed.map((policy) => [keyOf(policy), policy.metadata.resourceVersion]));
  const replaced = new Map<string, string | undefined>();
  const problems: unknown[] = [];
  const failed: ForkPolicy[] = [];
  let applied = 0;
  let deleted = 0;

  const apply = async (policy: ForkPolicy): Promise<void> => {
    const before = versions.get(keyOf(policy));
    // the revision is what a sidecar's span of applying it, and each decision that rests on it, say too
    const attributes = { 'medlyssning.policy.revision': policy.spec.revision };
    const after = await inSpan(tracer, 'policy write', { attributes }, () =>
      api.apply(forkPolicies, policy, { fieldManager, force: true }),
    );
    applied++;
    if (after.metadata.resourceVersion !== before) replaced.set(keyOf(policy), before);
  };
  const remove = async (policy: ForkPolicy): Promise<void> => {
    const { uid, namespace, name } = policy.metadata;
    const preconditions = { ...(uid !== undefined && { uid }) };
    const query = { preconditions, propagationPolicy: 'Background' } as const;
    await api.delete(forkPolicies, { namespace, name }, query).catch(unlessGone);
    deleted++;
    replaced.set(keyOf(policy), versions.get(keyOf(policy)));
  };
  const each = (policies: readonly ForkPolicy[], act: (policy: ForkPolicy) => Promise<void>) =>
    eachAtMost(concurrency, policies, async (policy) => {
      signal.throwIfAborted();
      await act(policy).catch((error) => {
        signal.throwIfAborted();
        failed.push(policy);
        problems.push(error);
      });
    });

  await each(strays, remove);
  await each(writes, apply);
  const open = [...failed.filter((policy) => writes.includes(policy)), ...postponed];
  await each(
    outdated.filter((policy) => mayGo(policy, open)),
    remove,
  );
  const [problem] = problems;
  if (problem !== undefined)
    throw new PoliciesNotWritten(failed.length, writes.length + strays.length + outdated.length, problem);
  return { replaced, applied, deleted };
};

/** Gone already, or another object of that name: not the one that was to go. */
const unlessGone = (error: unknown): void => {
  if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return;
  throw error;
};
