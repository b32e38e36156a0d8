import { systemClock, type WorkQueue } from 'kube-runtime';
import type { Reflectors } from '../watch/reflect.ts';
import type { Stores } from '../watch/stores.ts';
import type { Metrics } from './metrics.ts';

export interface State {
  readonly stores: Stores;
  readonly reflectors: Reflectors;
  readonly queues: Readonly<Record<string, Pick<WorkQueue<never>, 'depth'>>>;
}

/** Reads the state of the operator whenever the metrics are asked for. */
export const showState = (metrics: Metrics, { stores, reflectors, queues }: State): void => {
  metrics.onCollect(() => {
    metrics.shards.set(stores.policies.size);
    const { companies, profiles, users, entitlements, nodes } = stores;
    const sizes = {
      Company: companies,
      Profile: profiles,
      User: users,
      Entitlement: entitlements,
      MediaNode: nodes,
    };
    for (const [kind, { size }] of Object.entries(sizes)) metrics.objects.set({ kind }, size);
    for (const [queue, { depth }] of Object.entries(queues)) metrics.queueDepth.set({ queue }, depth);
    metrics.watchMisses.reset();
    for (const { kind, reflector } of reflectors) {
      const { lastConfirmedAt, counters } = reflector;
      if (lastConfirmedAt !== undefined)
        metrics.watchAge.set({ kind }, (systemClock.now() - lastConfirmedAt) / 1000);
      metrics.watchMisses.inc({ kind }, counters.misses);
    }
  });
};
