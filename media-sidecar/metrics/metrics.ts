import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The node's metrics. Labels are stable codes only: never a number, a name or a call-id. */
export const createMetrics = () => {
  const registry = new Registry();
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
    policySource: new Gauge({
      name: 'medlyssning_policy_source',
      help: 'What following the API server took, since the start: lists, watches, events, bookmarks, failures, relists, checks, and misses (which should be 0). Kubernetes source only.',
      labelNames: ['what'],
      registers,
    }),
    mirrorUp: new Gauge({
      name: 'medlyssning_mirror_up',
      help: '1 while the call engine mirrors its control traffic to this node.',
      registers,
    }),
    mirrorMissed: new Gauge({
      name: 'medlyssning_mirror_missed',
      help: 'What a connected mirror did not show, since the start: calls found, ended, corrected by re-listing alone, and barriers (questions of our own).',
      labelNames: ['what'],
      registers,
    }),
    engineUp: new Gauge({
      name: 'medlyssning_engine_up',
      help: '1 while the engine answers.',
      labelNames: ['engine'],
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
    auditUnwritten: new Gauge({
      name: 'medlyssning_audit_unwritten',
      help: 'Audit records that wait for a store that failed, and those lost since too many waited.',
      labelNames: ['what'],
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
