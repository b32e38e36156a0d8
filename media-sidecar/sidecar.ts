import { openHealthServer } from '@medlyssning/health-server';
import type { Logger } from 'pino';
import { closeUnended } from './audit/close-unended.ts';
import { openAudit } from './audit/open-audit.ts';
import { keepRetention } from './audit/retention.ts';
import type { Config } from './config/config.ts';
import { openDoors } from './doors/open-doors.ts';
import { connectEngines } from './engines/connect-engines.ts';
import { watchEngines } from './engines/watch-engines.ts';
import { EventStream, type ListenEvent, type ProfileSwitched } from './events/event-stream.ts';
import { followCalls } from './listen/follow-calls.ts';
import { JoinSteps } from './listen/join-steps.ts';
import { ListenService } from './listen/listen-service.ts';
import { ListenerStream } from './listen/listener-stream.ts';
import { RelayPool } from './listen/relay-pool.ts';
import { soundFor } from './listen/sound-for.ts';
import { sweepLeftovers } from './listen/sweep-leftovers.ts';
import { watchMixes } from './listen/watch-mixes.ts';
import { countEvents } from './metrics/count-events.ts';
import { createMetrics } from './metrics/metrics.ts';
import { showState } from './metrics/show-state.ts';
import { publishedHead } from './node-report/published-head.ts';
import { reportNode } from './node-report/report-node.ts';
import { watchCalls } from './observe/watch-calls.ts';
import { ActiveProfiles } from './policy/active-profiles.ts';
import { openSource } from './policy/open-source.ts';
import { PolicyStore } from './policy/policy-store.ts';
import { storePartyDirectory } from './policy/store-party-directory.ts';
import { MemoryLineRegistry } from './registry/memory-line-registry.ts';
import { every } from './timing/every.ts';
import { startWebhooks } from './webhooks/start-webhooks.ts';

export interface Sidecar {
  /** Refuses new listens, ends those that are up, closes everything. Calls notice nothing. */
  stop(): Promise<void>;
}

const revalidateMs = 500;

/** Puts the parts together and opens the doors last, when the rest can answer. */
export const startSidecar = async (config: Config, log: Logger): Promise<Sidecar> => {
  const now = () => Date.now();
  const closers: (() => unknown)[] = [];
  const metrics = createMetrics();
  const undoFailed = (what: string, error: unknown) => log.error({ err: error }, `${what} failed`);

  const engines = connectEngines(config.engines, metrics);
  const { call: callEngine, listening: listeningEngine } = engines;
  closers.push(() => engines.close());

  const store = new PolicyStore(now);
  const policy = await openSource(config.policy, store, log, now);
  const profiles = new ActiveProfiles();
  closers.push(
    () => policy.close(),
    store.subscribe(() => profiles.settle(store.index)),
  );

  const { cluster } = policy;
  const published = async () => cluster && publishedHead(cluster, config.node);
  const {
    keeper: audit,
    reader: records,
    writer,
    rowsMissing,
  } = await openAudit(config, metrics, log, published);
  closers.push(
    () => records.close(),
    () => audit.close(),
  );

  const policyKnown = () => Number.isFinite(store.ageMs());
  const parties = storePartyDirectory({ index: store.index, profiles, store });
  const calls = await watchCalls({
    config: config.observe,
    callEngine,
    parties,
    store,
    applied: policy.applied,
    now,
    log,
  });
  const { book, observer } = calls;
  closers.push(() => calls.close());
  const leftovers = await sweepLeftovers({ callEngine, listeningEngine, log });
  closers.push(() => leftovers.stop());

  const events = new EventStream<ListenEvent>((error) => log.error({ err: error }, 'a subscriber failed'));
  const profileEvents = new EventStream<ProfileSwitched>((error) =>
    log.error({ err: error }, 'a subscriber failed'),
  );
  const webhooks = await startWebhooks({
    config: config.webhooks,
    node: config.node,
    events,
    profileEvents,
    log,
    onFate: (fate) => metrics.webhookEvents.inc({ fate }),
  });
  closers.push(() => webhooks.close());
  const relays = new RelayPool({ call: callEngine, listening: listeningEngine }, undoFailed);
  const know = {
    index: store.index,
    policyAgeMs: () => store.ageMs(),
    book,
    registry: new MemoryLineRegistry(),
    now,
  };
  const stream = new ListenerStream({
    listeningEngine,
    now,
    onUndoFailed: undoFailed,
    onListenerStuck: async (mix) => {
      service.endWhere((listen) => listen.mix === mix, 'MediaFailed');
      await relays.abandon(mix);
    },
  });
  const steps = new JoinSteps({
    callEngine,
    listeningEngine,
    relays,
    stream,
    directory: parties,
    audit,
    soundFor: soundFor(store.index),
    now,
  });
  const catchUp = async () => leftovers.done && policyKnown() && (await observer.catchUp());
  const service: ListenService = new ListenService({
    node: config.node,
    know,
    steps,
    stream,
    catchUp,
    audit,
    events,
    log,
  });
  const own = config.node;
  void leftovers.gone.then(() => {
    const isOurs = (id: string) => service.has(id);
    const closing = closeUnended({ node: own, reader: records, audit, isOurs, now, log });
    closers.push(() => closing.stop());
  });
  // not before the policy is known: its company may keep a record longer than what the record itself says
  void policy.applied.then(() => {
    const daysOf = (company: string) => store.index.company(company)?.retentionDays;
    const retention = keepRetention({ reader: records, writer, daysOf, now, log });
    closers.push(() => retention.stop());
  });
  const engineWatch = watchEngines({ call: callEngine, listening: listeningEngine });
  const mixes = watchMixes({ listeningEngine, observer, relays, service });
  closers.push(
    () => engineWatch.stop(),
    () => mixes.stop(),
    followCalls({ book, service, relays, stream, log }),
    store.subscribe(() => service.revalidate()),
    // what ends by the clock ends too where the source can no longer be read, and after a step of the clock
    every(revalidateMs, async () => service.revalidate()).stop,
    countEvents(events, metrics),
  );

  const notReady = (): readonly string[] => [
    ...(service.draining ? ['draining'] : []),
    ...engineWatch.silent(),
    ...(leftovers.done ? [] : ['leftovers of an earlier run may be up']),
    ...(observer.synced ? [] : ['calls not listed yet']),
    ...(policyKnown() ? [] : ['no policy applied yet']),
    ...(audit.problem === undefined ? [] : ['the audit store takes no records']),
  ];
  showState(metrics, {
    service,
    book,
    store,
    observer,
    engines: engineWatch,
    takeDowns: engines.takeDowns,
    notReady,
    audit,
    auditRowsMissing: rowsMissing,
    webhooks,
    cluster,
  });
  if (cluster) {
    const own = { name: config.node, service, book, observer, engines: engines.clients, notReady };
    const report = reportNode(cluster, { ...own, audit, auditRowsMissing: rowsMissing }, log);
    closers.push(() => report.stop());
  }
  // the liveness of the listening engine: without a sidecar that reaches it, nobody could end its listens
  const probes = new Map([['/healthz/listening-engine', () => engineWatch.isUp('listening')]]);
  const health = await openHealthServer(config.telemetry.metrics, metrics.registry, notReady, probes);
  closers.push(() => health.close());

  const doors = await openDoors({
    config,
    metrics,
    ready: () => notReady().length === 0,
    cluster,
    profiles,
    service,
    know,
    catchUp,
    events,
    profileEvents,
    store,
    records,
    log,
  });
  closers.push(() => doors.close());
  log.info({ sip: doors.addresses, metrics: health.port }, 'listening can be asked for');

  return {
    async stop() {
      await service.drain();
      for (const close of closers.reverse()) await close();
    },
  };
};
