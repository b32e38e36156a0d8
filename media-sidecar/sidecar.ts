import { setTimeout as delay } from 'node:timers/promises';
import { openHealthServer } from '@medlyssning/health-server';
import type { Logger } from 'pino';
import { connect } from 'rtpengine-ng-client';
import { closeUnended } from './audit/close-unended.ts';
import { openAudit } from './audit/open-audit.ts';
import { keepRetention } from './audit/retention.ts';
import { CallBook } from './book/call-book.ts';
import type { Address } from './config/address.ts';
import type { Config } from './config/config.ts';
import { addRoutes } from './doors/http/add-routes.ts';
import { openHttpDoor } from './doors/http/http-door.ts';
import { createCallDevice } from './doors/sip/call-device.ts';
import { openSipDoor } from './doors/sip/sip-door.ts';
import { createCallEngine } from './engines/call-engine.ts';
import { insist } from './engines/insist.ts';
import { createListeningEngine } from './engines/listening-engine.ts';
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
import { notifyTarget } from './notify/notify-target.ts';
import { Observer } from './observe/observer.ts';
import { ActiveProfiles } from './policy/active-profiles.ts';
import { openSource } from './policy/open-source.ts';
import { PolicyStore } from './policy/policy-store.ts';
import { storePartyDirectory } from './policy/store-party-directory.ts';
import { MemoryLineRegistry } from './registry/memory-line-registry.ts';
import { ngHooks } from './telemetry/ng-hooks.ts';
import { every } from './timing/every.ts';
import { startWebhooks } from './webhooks/start-webhooks.ts';

export interface Sidecar {
  /** Refuses new listens, ends those that are up, closes everything. Calls notice nothing. */
  stop(): Promise<void>;
}

const urlOf = ({ transport, host, port }: Address): string =>
  `${transport}:${host.includes(':') ? `[${host}]` : host}:${port}`;

const sourceOf = ({ hep, poll, resyncSeconds }: Config['observe']) =>
  hep
    ? ({ kind: 'mirror', host: hep.host, port: hep.port, resyncMs: resyncSeconds * 1000 } as const)
    : ({ kind: 'poll', intervalMs: poll?.intervalMs ?? 500 } as const);

const revalidateMs = 500;
/** Without a policy by then the node starts all the same, and is not ready until it has one. */
const policyMs = 5_000;

/** Puts the parts together and opens the doors last, when the rest can answer. */
export const startSidecar = async (config: Config, log: Logger): Promise<Sidecar> => {
  const now = () => Date.now();
  const closers: (() => unknown)[] = [];
  const metrics = createMetrics();
  const undoFailed = (what: string, error: unknown) => log.error({ err: error }, `${what} failed`);

  const client = (engine: 'call' | 'listening') => {
    const { ng } = config.engines[engine];
    return connect({ url: urlOf(ng), hooks: ngHooks(engine, ng, metrics) });
  };
  const callClient = client('call');
  const listeningClient = client('listening');
  closers.push(
    () => callClient.close(),
    () => listeningClient.close(),
  );
  const insistent = insist(createCallEngine(callClient), createListeningEngine(listeningClient));
  const { call: callEngine, listening: listeningEngine } = insistent;
  closers.push(() => insistent.stop());

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
  const book = new CallBook({ directory: parties, clock: now });
  closers.push(store.subscribe(() => book.recognise()));
  const observer = new Observer({
    engine: callEngine,
    book,
    clock: now,
    source: sourceOf(config.observe),
    onProblem: (error) => log.warn({ err: error }, 'the call engine could not be asked'),
  });
  // before anybody is known, whoever is in a call would be a stranger in it for good
  const observing = policy.applied.then(() => observer.start());
  observing.catch((error) => log.error({ err: error }, 'calls cannot be watched'));
  await Promise.race([observing, delay(policyMs, undefined, { ref: false })]);
  closers.push(() => observer.close());
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
  const engines = watchEngines({ call: callEngine, listening: listeningEngine });
  const mixes = watchMixes({ listeningEngine, observer, relays, service });
  closers.push(
    () => engines.stop(),
    () => mixes.stop(),
    followCalls({ book, service, relays, stream, log }),
    store.subscribe(() => service.revalidate()),
    // what ends by the clock ends too where the source can no longer be read, and after a step of the clock
    every(revalidateMs, async () => service.revalidate()).stop,
    countEvents(events, metrics),
  );

  const notReady = (): readonly string[] => [
    ...(service.draining ? ['draining'] : []),
    ...engines.silent(),
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
    engines,
    takeDowns: insistent,
    notReady,
    audit,
    auditRowsMissing: rowsMissing,
    webhooks,
    cluster,
  });
  if (cluster) {
    const asked = { call: callClient, listening: listeningClient };
    const own = { name: config.node, service, book, observer, engines: asked, notReady };
    const report = reportNode(cluster, { ...own, audit, auditRowsMissing: rowsMissing }, log);
    closers.push(() => report.stop());
  }
  // the liveness of the listening engine: without a sidecar that reaches it, nobody could end its listens
  const probes = new Map([['/healthz/listening-engine', () => engines.isUp('listening')]]);
  const health = await openHealthServer(config.telemetry.metrics, metrics.registry, notReady, probes);
  closers.push(() => health.close());

  const endpoint = await openSipDoor({
    config: config.sip,
    service,
    ready: () => notReady().length === 0,
    log,
    onProblem: (problem) => {
      metrics.sipProblems.inc({ kind: problem.kind });
      log.debug({ problem }, 'SIP turned away');
    },
  });
  closers.push(() => endpoint.close(), notifyTarget({ events, index: store.index, endpoint, log }));
  if (config.http) {
    const { auth, console } = config.http;
    const callDevice = createCallDevice({ endpoint, autoAnswer: config.sip.autoAnswer, log });
    const routes = {
      auth,
      console,
      cluster: policy.cluster,
      profiles,
      service,
      know,
      catchUp,
      events,
      profileEvents,
      store,
      callDevice,
      records,
      log,
    };
    const door = await openHttpDoor(config.http, log, (app) => addRoutes(app, routes));
    closers.push(() => door.close());
  }
  log.info({ sip: endpoint.addresses, metrics: health.port }, 'listening can be asked for');

  return {
    async stop() {
      await service.drain();
      for (const close of closers.reverse()) await close();
    },
  };
};
