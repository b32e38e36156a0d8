import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
} from 'prom-client';

/** The node's metrics (docs/metrics.md). Labels are stable codes only: never a number, a name or a call-id. */
export const createMetrics = () => {
  // OpenMetrics, since only that has room for exemplars: the trace behind a slow setup
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
    attempts: new Counter({
      name: 'medlyssning_attempts_total',
      help: 'Attempts to listen, by the reason they were answered with.',
      labelNames: ['reason'],
      registers,
    }),
    ends: new Counter({
      name: 'medlyssning_listens_ended_total',
      help: 'Listens that were up and ended, by reason.',
      labelNames: ['reason'],
      registers,
    }),
    listens: new Gauge({
      name: 'medlyssning_listens',
      help: 'Listens up now.',
      registers,
      collect: () => collect(),
    }),
    calls: new Gauge({ name: 'medlyssning_calls', help: 'Calls known on this node.', registers }),
    setup: new Histogram({
      name: 'medlyssning_listen_setup_seconds',
      help: 'From the attempt to the answer, for attempts that were admitted.',
      buckets: [0.005, 0.01, 0.02, 0.03, 0.045, 0.06, 0.09, 0.12, 0.25, 0.5, 1, 3],
      enableExemplars: true,
      registers,
    }),
    policyAge: new Gauge({
      name: 'medlyssning_policy_age_seconds',
      help: 'Since the policy was last confirmed by its source.',
      registers,
    }),
    policyResourceVersion: new Gauge({
      name: 'medlyssning_policy_resource_version',
      help: 'How far the changes of ForkPolicies are enforced here; NaN before the first list. Kubernetes source only.',
      registers,
    }),
    policyMalformed: new Gauge({
      name: 'medlyssning_policy_malformed',
      help: 'ForkPolicies that cannot be read, so that their users are refused. Kubernetes source only.',
      registers,
    }),
    policySource: new Counter({
      name: 'medlyssning_policy_source_total',
      help: 'What following the API server took: lists, watches, events, bookmarks, failures, relists, checks, and misses (which should be 0). Kubernetes source only.',
      labelNames: ['what'],
      registers,
    }),
    mirrorUp: new Gauge({
      name: 'medlyssning_mirror_up',
      help: '1 while the call engine mirrors its control traffic to this node; NaN where it is polled.',
      registers,
    }),
    mirrorMissed: new Counter({
      name: 'medlyssning_mirror_missed_total',
      help: 'What a connected mirror did not show: calls found, ended, corrected by re-listing alone, and barriers (questions of our own).',
      labelNames: ['what'],
      registers,
    }),
    engineUp: new Gauge({
      name: 'medlyssning_engine_up',
      help: '1 while the engine answers.',
      labelNames: ['engine'],
      registers,
    }),
    ngSeconds: new Histogram({
      name: 'medlyssning_ng_request_seconds',
      help: 'ng commands, from their sending to their answer, by engine and command; pings included.',
      labelNames: ['engine', 'command'],
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 3],
      registers,
    }),
    ngFailures: new Counter({
      name: 'medlyssning_ng_failures_total',
      help: 'ng commands without an answer that can be used, by engine and reason. A refusal is an answer.',
      labelNames: ['engine', 'reason'],
      registers,
    }),
    ngInFlight: new Gauge({
      name: 'medlyssning_ng_requests_in_flight',
      help: 'ng commands that wait for their answer, by engine: its queue.',
      labelNames: ['engine'],
      registers,
    }),
    takeDownsPending: new Gauge({
      name: 'medlyssning_take_downs_pending',
      help: 'Commands that end a copy or a listener and got no answer: they are asked again until they do.',
      registers,
    }),
    ready: new Gauge({
      name: 'medlyssning_ready',
      help: '1 while the node takes listens; /readyz says what is missing.',
      registers,
    }),
    auditUp: new Gauge({
      name: 'medlyssning_audit_up',
      help: '1 while the audit store takes records; listening is refused without.',
      registers,
    }),
    auditRows: new Gauge({
      name: 'medlyssning_audit_rows',
      help: "Place of the last row in this node's chain of audit records. It never falls: where it does, rows were removed.",
      registers,
    }),
    auditRowsMissing: new Gauge({
      name: 'medlyssning_audit_rows_missing',
      help: '1 from when rows that were written turned out to be gone from the store of audit records, or it to be an earlier state of itself.',
      registers,
    }),
    auditWaiting: new Gauge({
      name: 'medlyssning_audit_records_waiting',
      help: 'Audit records that wait for a store that failed.',
      registers,
    }),
    auditLost: new Counter({
      name: 'medlyssning_audit_records_lost_total',
      help: 'Audit records lost since too many waited for a store that failed.',
      registers,
    }),
    auditWrite: new Histogram({
      name: 'medlyssning_audit_write_seconds',
      help: 'From the handing over of audit records to their being on stable storage.',
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    webhookEvents: new Counter({
      name: 'medlyssning_webhook_events_total',
      help: 'Events for webhooks, by what came of them: delivered, refused by the receiver for good, dropped since too many waited or for too long.',
      labelNames: ['fate'],
      registers,
    }),
    webhookWaiting: new Gauge({
      name: 'medlyssning_webhook_events_waiting',
      help: 'Events that wait for their webhook receivers.',
      registers,
    }),
    sipProblems: new Counter({
      name: 'medlyssning_sip_problems_total',
      help: 'SIP connections and messages turned away, by kind.',
      labelNames: ['kind'],
      registers,
    }),
  };
};

export type Metrics = ReturnType<typeof createMetrics>;
