import { inSpan } from '@medlyssning/telemetry';
import type { Clock, KubeApi } from 'kube-runtime';
import { tracer } from '../telemetry/tracer.ts';
import type { CompanyKey } from '../watch/company-key.ts';
import type { Stores } from '../watch/stores.ts';
import { caughtUp } from './caught-up.ts';
import type { CompanyCompiler, Outcome } from './company-compiler.ts';
import { createPlanner } from './plan-writes.ts';
import { writePolicies } from './write-policies.ts';

/** What a reconcile came to, for status and metrics. */
export interface Reconciled {
  readonly outcome: Outcome;
  readonly applied: number;
  readonly deleted: number;
  /** Shards that the next round writes. */
  readonly postponed: number;
  /** Why the policies are not all as wanted. */
  readonly problem?: unknown;
}

export interface ReconcileParts {
  readonly stores: Stores;
  readonly compiler: CompanyCompiler;
  readonly api: KubeApi;
  readonly clock: Clock;
  readonly now: () => Date;
  /** Told of each reconcile, also of one that failed. */
  readonly onReconciled: (key: CompanyKey, reconciled: Reconciled) => void;
  /** Time alone changes the outcome then. */
  readonly wakeAfter: (key: CompanyKey, ms: number) => void;
}

/** How long to wait for the watch to show what was written. */
const catchUpMs = 5_000;
/** The wall clock may be set while a timer runs: look again at least so often. */
const longestWaitMs = 3_600_000;
/** Of so many shards at most the revision stands in the trace. */
const tracedRevisions = 16;
const nothing = { applied: 0, deleted: 0, postponed: 0 };

/** Brings the ForkPolicies of one company to what its objects compile to. Rejects to be tried again. */
export const createReconcile = (parts: ReconcileParts) => {
  const { stores, compiler, api, clock } = parts;
  const plan = createPlanner();

  const write = async (key: CompanyKey, outcome: Outcome, signal: AbortSignal): Promise<typeof nothing> => {
    if (outcome.kind === 'paused') return nothing;
    const wanted = outcome.kind === 'compiled' ? outcome.wanted : [];
    const observed = stores.policies.by('company', key);
    const todo = plan(wanted, observed);
    if (todo.writes.length + todo.strays.length + todo.outdated.length === 0) return nothing;
    const { replaced, applied, deleted } = await writePolicies(api, todo, observed, signal);
    await caughtUp(stores.policies, replaced, { timeoutMs: catchUpMs, clock, signal });
    if (todo.postponed.length > 0) parts.wakeAfter(key, 0);
    return { applied, deleted, postponed: todo.postponed.length };
  };

  const wake = (key: CompanyKey, outcome: Outcome, now: Date): void => {
    if (outcome.kind !== 'compiled' || outcome.compiled.nextChangeAt === undefined) return;
    const wait = outcome.compiled.nextChangeAt.getTime() - now.getTime();
    parts.wakeAfter(key, Math.min(Math.max(wait, 1), longestWaitMs));
  };

  return (key: CompanyKey, signal: AbortSignal): Promise<void> =>
    inSpan(tracer, 'reconcile', { root: true }, async (span) => {
      const now = parts.now();
      const outcome = compiler.compile(key, now);
      span.setAttributes(attributesOf(outcome));
      // Also where writing fails: what ends by the clock is to be tried at its time.
      wake(key, outcome, now);
      const written = await write(key, outcome, signal).catch((problem) => {
        signal.throwIfAborted();
        parts.onReconciled(key, { outcome, ...nothing, problem });
        throw problem;
      });
      span.setAttributes({
        'medlyssning.shards.applied': written.applied,
        'medlyssning.shards.deleted': written.deleted,
        'medlyssning.shards.postponed': written.postponed,
      });
      parts.onReconciled(key, { outcome, ...written });
    });
};

const attributesOf = (outcome: Outcome) => {
  const revisions = outcome.kind === 'compiled' ? outcome.wanted.map(({ spec }) => spec.revision) : [];
  return {
    'medlyssning.outcome': outcome.kind,
    'medlyssning.shards': revisions.length,
    'medlyssning.policy.revisions': revisions.slice(0, tracedRevisions),
  };
};
