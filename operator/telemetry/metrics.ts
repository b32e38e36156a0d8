import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
} from 'prom-client';

/** The operator's metrics (docs/metrics.md). Labels are stable codes only: never a name, a namespace or a number. */
export const createMetrics = () => {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  let collect = () => {};
  return {
    registry,
    /** What sets the gauges, run before each scrape. */
    onCollect(run: () => void) {
      collect = run;
    },
    reconcile: new Histogram({
      name: 'medlyssning_reconcile_seconds',
      help: 'Reconciles of one company, from when a worker took it until its policies were written and seen again.',
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
      registers,
    }),
    writes: new Counter({
      name: 'medlyssning_writes_total',
      help: 'Writes that the API server took, by kind and what was done.',
      labelNames: ['kind', 'verb'],
      registers,
    }),
    retries: new Counter({
      name: 'medlyssning_api_retries_total',
      help: 'Work that failed and is tried again, by queue and reason.',
      labelNames: ['queue', 'reason'],
      registers,
    }),
    shards: new Gauge({
      name: 'medlyssning_shards',
      help: 'ForkPolicies there are.',
      registers,
      collect: () => collect(),
    }),
    objects: new Gauge({
      name: 'medlyssning_objects',
      help: 'Objects known, by kind.',
      labelNames: ['kind'],
      registers,
    }),
    queueDepth: new Gauge({
      name: 'medlyssning_queue_depth',
      help: 'Keys that wait for a worker, by queue.',
      labelNames: ['queue'],
      registers,
    }),
    leading: new Gauge({ name: 'medlyssning_leading', help: '1 while this operator leads.', registers }),
    watchAge: new Gauge({
      name: 'medlyssning_watch_age_seconds',
      help: 'Since the API server last proved that what is known of a kind is current.',
      labelNames: ['kind'],
      registers,
    }),
    watchMisses: new Counter({
      name: 'medlyssning_watch_misses_total',
      help: 'Changes that a watch had not told and a re-list found, by kind.',
      labelNames: ['kind'],
      registers,
    }),
    installed: new Gauge({
      name: 'medlyssning_installed',
      help: '1 where a CRD or admission policy is there and new enough, by its name.',
      labelNames: ['what'],
      registers,
    }),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
