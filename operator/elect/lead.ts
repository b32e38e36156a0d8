import type { Finding } from '@medlyssning/policy';
import {
  type Clock,
  EventRecorder,
  guardWrites,
  type KubeApi,
  type Leadership,
  type WorkQueue,
} from 'kube-runtime';
import type { Logger } from 'pino';
import { CompanyCompiler } from '../compile/company-compiler.ts';
import { createReconcile, type Reconciled } from '../compile/reconcile.ts';
import type { ObjectKey } from '../status/object-key.ts';
import { Reporter } from '../status/reporter.ts';
import type { SpecVersions } from '../status/spec-versions.ts';
import { createStatusHandler } from '../status/write-statuses.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { CompanyKey } from '../watch/company-key.ts';
import { companyKeys, type Stores } from '../watch/stores.ts';

export interface LeadParts {
  readonly api: KubeApi;
  readonly stores: Stores;
  readonly versions: SpecVersions;
  readonly policyQueue: WorkQueue<CompanyKey>;
  readonly statusQueue: WorkQueue<ObjectKey>;
  readonly guarded: () => Finding;
  readonly identity: string;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

const policyWorkers = 4;
const statusWorkers = 8;
const now = () => new Date();

/** Writes policies and statuses for as long as this operator leads. Everything is looked at once, at the start. */
export const createLead =
  (parts: LeadParts) =>
  async (leadership: Leadership): Promise<void> => {
    const { stores, policyQueue, statusQueue, metrics, clock, log } = parts;
    const api = guardWrites(parts.api, leadership);
    const compiler = new CompanyCompiler(stores);
    const events = new EventRecorder({
      api,
      reportingController: 'medlyssning.dev/operator',
      reportingInstance: parts.identity,
      onProblem: (error) => log.debug({ err: error }, 'an event could not be written'),
      clock,
    });
    const reporter = new Reporter({
      stores,
      compiler,
      versions: parts.versions,
      guarded: parts.guarded,
      now,
      enqueue: (key) => statusQueue.add(key),
    });
    const onReconciled = (key: CompanyKey, reconciled: Reconciled) => {
      const { applied, deleted } = reconciled;
      metrics.writes.inc({ kind: 'ForkPolicy', verb: 'apply' }, applied);
      metrics.writes.inc({ kind: 'ForkPolicy', verb: 'delete' }, deleted);
      if (applied + deleted > 0) log.info({ company: key, applied, deleted }, 'policies written');
      reporter.report(key, reconciled);
    };
    const wakeAfter = (key: CompanyKey, ms: number) => policyQueue.addAfter(key, ms);
    const reconcile = createReconcile({
      stores,
      compiler,
      api,
      clock,
      now,
      onReconciled,
      wakeAfter,
    });
    const writeStatus = createStatusHandler({
      reporter,
      api,
      events,
      clock,
      now,
      policiesWait: () => policyQueue.depth + policyQueue.processing > 0,
      onWritten: (kind) => metrics.writes.inc({ kind, verb: 'status' }),
    });
    log.info('leading');
    metrics.leading.set(1);
    try {
      for (const key of companyKeys(stores)) policyQueue.add(key);
      await Promise.all([
        policyQueue.run(policyWorkers, reconcile, leadership.signal),
        statusQueue.run(statusWorkers, writeStatus, leadership.signal),
      ]);
    } finally {
      await events.stop();
      metrics.leading.set(0);
      log.info('leading no more');
    }
  };
