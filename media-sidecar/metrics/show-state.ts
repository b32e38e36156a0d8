import type { Counter } from 'prom-client';
import type { RecordKeeper } from '../audit/record-keeper.ts';
import type { CallBook } from '../book/call-book.ts';
import type { Insistent } from '../engines/insist.ts';
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
  readonly takeDowns: Pick<Insistent, 'pending'>;
  /** What keeps the node from taking listens. */
  readonly notReady: () => readonly string[];
  readonly audit: Pick<RecordKeeper, 'problem' | 'head' | 'backlog' | 'lost'>;
  readonly auditRowsMissing: () => boolean;
  readonly webhooks: Pick<Webhooks, 'waiting'>;
  /** Where the policy comes from, if from a cluster. */
  readonly cluster: Cluster | undefined;
}

const mirrorUp = { up: 1, down: 0, none: Number.NaN } as const;

/** Reads the state of the node whenever the metrics are asked for. */
export const showState = (metrics: Metrics, state: State): void => {
  const { service, book, store, observer, engines, takeDowns, notReady, audit, webhooks, cluster } = state;
  metrics.onCollect(() => {
    metrics.listens.set(service.listens.length);
    metrics.calls.set(book.size);
    metrics.policyAge.set(store.ageMs() / 1000);
    metrics.mirrorUp.set(mirrorUp[observer.mirrorState]);
    const { foundByRelist, endedByRelist, correctedByRelist, barriersMissed } = observer.counters;
    showCounts(metrics.mirrorMissed, {
      found: foundByRelist,
      ended: endedByRelist,
      corrected: correctedByRelist,
      barriers: barriersMissed,
    });
    metrics.takeDownsPending.set(takeDowns.pending);
    metrics.ready.set(notReady().length === 0 ? 1 : 0);
    metrics.auditUp.set(audit.problem === undefined ? 1 : 0);
    // before the store was first opened nobody knows, and a fall from what it was would mean that rows are gone
    const isKnown = audit.head.seq > 0 || audit.problem === undefined;
    metrics.auditRows.set(isKnown ? audit.head.seq : Number.NaN);
    metrics.auditRowsMissing.set(state.auditRowsMissing() ? 1 : 0);
    metrics.auditWaiting.set(audit.backlog);
    metrics.auditLost.reset();
    metrics.auditLost.inc(audit.lost);
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
  showCounts(metrics.policySource, { ...source.counters });
};

/** Counted elsewhere, since the start of the process. */
const showCounts = (counter: Counter<'what'>, counts: Readonly<Record<string, number>>): void => {
  counter.reset();
  for (const [what, count] of Object.entries(counts)) counter.inc({ what }, count);
};
