import type { RecordKeeper } from '../audit/record-keeper.ts';
import type { CallBook } from '../book/call-book.ts';
import type { EngineWatch } from '../engines/watch-engines.ts';
import type { ListenService } from '../listen/listen-service.ts';
import type { Observer } from '../observe/observer.ts';
import type { Cluster } from '../policy/open-source.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import type { Webhooks } from '../webhooks/start-webhooks.ts';
import type { Metrics } from './metrics.ts';

export interface State {
  readonly service: ListenService;
  readonly book: CallBook;
  readonly store: PolicyStore;
  readonly observer: Observer;
  readonly engines: EngineWatch;
  readonly audit: Pick<RecordKeeper, 'problem' | 'head' | 'backlog' | 'lost'>;
  readonly webhooks: Pick<Webhooks, 'waiting'>;
  /** Where the policy comes from, if from a cluster. */
  readonly cluster: Cluster | undefined;
}

/** Reads the state of the node whenever the metrics are asked for. */
export const showState = (
  metrics: Metrics,
  { service, book, store, observer, engines, audit, webhooks, cluster }: State,
): void => {
  metrics.onCollect(() => {
    metrics.listens.set(service.listens.length);
    metrics.calls.set(book.size);
    metrics.policyAge.set(store.ageMs() / 1000);
    metrics.mirrorUp.set(observer.mirrorState === 'up' ? 1 : 0);
    metrics.mirrorMissed.set({ what: 'found' }, observer.counters.foundByRelist);
    metrics.mirrorMissed.set({ what: 'ended' }, observer.counters.endedByRelist);
    metrics.mirrorMissed.set({ what: 'corrected' }, observer.counters.correctedByRelist);
    metrics.mirrorMissed.set({ what: 'barriers' }, observer.counters.barriersMissed);
    metrics.auditUp.set(audit.problem === undefined ? 1 : 0);
    metrics.auditRows.set(audit.head.seq);
    metrics.auditUnwritten.set({ what: 'waiting' }, audit.backlog);
    metrics.auditUnwritten.set({ what: 'lost' }, audit.lost);
    metrics.webhookWaiting.set(webhooks.waiting);
    if (cluster) showSource(metrics, cluster);
    for (const engine of ['call', 'listening'] as const) {
      metrics.engineUp.set({ engine }, engines.isUp(engine) ? 1 : 0);
    }
  });
};

const showSource = (metrics: Metrics, { source }: Cluster): void => {
  metrics.policyResourceVersion.set(Number(source.resourceVersion ?? Number.NaN));
  metrics.policyMalformed.set(source.malformed.size);
  for (const [what, count] of Object.entries(source.counters)) metrics.policySource.set({ what }, count);
};
