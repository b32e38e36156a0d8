import { openHealthServer } from '@medlyssning/health-server';
import { type KubeApi, LeaseElection, leaseLock, systemClock, WorkQueue } from 'kube-runtime';
import type { Logger } from 'pino';
import { Debounce } from './compile/debounce.ts';
import type { Config } from './config/config.ts';
import { createLead } from './elect/lead.ts';
import type { Flaw } from './install/find-flaws.ts';
import { guardedFinding } from './install/guarded-finding.ts';
import { showInstalled } from './install/show-installed.ts';
import { watchInstalled } from './install/watch-installed.ts';
import { type ObjectKey, objectKey } from './status/object-key.ts';
import { SpecVersions } from './status/spec-versions.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { queueHooks } from './telemetry/queue-hooks.ts';
import { showState } from './telemetry/show-state.ts';
import type { CompanyKey } from './watch/company-key.ts';
import { followStores } from './watch/follow-stores.ts';
import { createReflectors } from './watch/reflect.ts';
import { createStores } from './watch/stores.ts';

export interface Operator {
  /** Port of /healthz, /readyz and /metrics. */
  readonly port: number;
  /** Ends what is being written, gives the Lease back, closes everything. */
  stop(): Promise<void>;
}

const leaseName = 'medlyssning-operator';
/** A change waits for more of its kind: a `kubectl apply` of a folder is one compile. */
const debounceTimes = { quietMs: 15, longestMs: 250 };
const lookAtInstalledMs = 60_000;
/** A media node that falls silent says nothing of it, so that is looked for. */
const lookForSilentMs = 15_000;

/** Puts the parts together: everything is watched from the start, and written once this operator leads. */
export const startOperator = async (config: Config, api: KubeApi, log: Logger): Promise<Operator> => {
  const clock = systemClock;
  const stopping = new AbortController();
  const metrics = createMetrics();
  const stores = createStores((error) => log.error({ err: error }, 'a change could not be followed'));
  const versions = new SpecVersions(stores.policies);
  const policyQueue = new WorkQueue<CompanyKey>({ clock, hooks: queueHooks('policies', metrics, log) });
  const statusQueue = new WorkQueue<ObjectKey>({ clock, hooks: queueHooks('statuses', metrics, log) });
  const debounce = new Debounce<CompanyKey>(debounceTimes, clock, (key) => policyQueue.add(key));
  const unfollow = followStores(stores, {
    onCompany: (key) => debounce.add(key),
    onObject: (key) => statusQueue.add(key),
  });
  const reflectors = createReflectors(api, stores, config.namespace, (kind, error) =>
    log.warn({ kind, err: error }, 'objects could not be watched; it is tried again'),
  );

  let flaws: readonly Flaw[] | undefined;
  const installed = watchInstalled(
    {
      api,
      clock,
      everyMs: lookAtInstalledMs,
      onFlaws: (found) => {
        flaws = found;
        showInstalled(found, metrics, log);
        for (const key of stores.companies.keys()) statusQueue.add(objectKey('Company', key));
      },
      onProblem: (error) => log.warn({ err: error }, 'what is installed could not be looked at'),
    },
    stopping.signal,
  );

  const silence = setInterval(() => {
    for (const key of stores.companies.keys()) statusQueue.add(objectKey('Company', key));
  }, lookForSilentMs);

  const election = new LeaseElection({
    lock: leaseLock(api, { namespace: config.namespace, name: leaseName }),
    identity: config.identity,
    onStarted: createLead({
      api,
      stores,
      versions,
      policyQueue,
      statusQueue,
      guarded: () => guardedFinding(flaws),
      identity: config.identity,
      metrics,
      clock,
      log,
    }),
    onHolder: (holder) => log.info({ holder }, 'the Lease is held'),
    onProblem: (error) => log.warn({ err: error }, 'the Lease could not be taken or renewed'),
    clock,
  });

  const notReady = (): readonly string[] => [
    ...(stopping.signal.aborted ? ['stopping'] : []),
    ...reflectors.filter(({ reflector }) => !reflector.hasSynced).map(({ kind }) => `${kind} not listed yet`),
    ...(flaws ?? []).filter(({ part }) => part === 'definition').map(({ name }) => `CRD of ${name}`),
  ];
  showState(metrics, { stores, reflectors, queues: { policies: policyQueue, statuses: statusQueue } });
  const health = await openHealthServer(config.metrics, metrics.registry, notReady);
  log.info({ port: health.port }, 'watching');

  for (const { reflector } of reflectors) reflector.start();
  const elected = (async () => {
    // Who has not seen everything must not lead: what it has not seen it would delete.
    const synced = Promise.all(reflectors.map(({ reflector }) => reflector.synced));
    await Promise.race([synced, aborted(stopping.signal)]);
    if (!stopping.signal.aborted) await election.run(stopping.signal);
  })();

  return {
    port: health.port,
    async stop() {
      stopping.abort();
      await elected;
      clearInterval(silence);
      unfollow();
      debounce.stop();
      versions.stop();
      await Promise.all([installed, ...reflectors.map(({ reflector }) => reflector.stop())]);
      await health.close();
      await api.close();
    },
  };
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
