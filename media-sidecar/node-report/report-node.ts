import type { Logger } from 'pino';
import type { NgClient } from 'rtpengine-ng-client';
import type { RecordKeeper } from '../audit/record-keeper.ts';
import type { CallBook } from '../book/call-book.ts';
import { engineVersion } from '../engines/engine-version.ts';
import type { ListenService } from '../listen/listen-service.ts';
import type { Observer } from '../observe/observer.ts';
import own from '../package.json' with { type: 'json' };
import type { Cluster } from '../policy/open-source.ts';
import { every } from '../timing/every.ts';
import type { NodeState } from './media-node-status.ts';
import { type NodeReport, startNodeReport } from './node-report.ts';

/** The parts that a MediaNode tells of. */
export interface ReportedNode {
  readonly name: string;
  readonly service: Pick<ListenService, 'listens'>;
  readonly book: Pick<CallBook, 'size'>;
  readonly audit: Pick<RecordKeeper, 'head'>;
  readonly auditRowsMissing: () => boolean;
  readonly observer: Pick<Observer, 'mirrorState' | 'counters'>;
  readonly engines: Readonly<Record<'call' | 'listening', Pick<NgClient, 'request'>>>;
  readonly notReady: () => readonly string[];
}

/** An engine may be upgraded beside a running sidecar. */
const versionsMs = 30_000;

/** Keeps the MediaNode of this sidecar true. */
export const reportNode = (
  { api, source, pool, namespace }: Cluster,
  { name, service, book, audit, auditRowsMissing, observer, engines, notReady }: ReportedNode,
  log: Logger,
): NodeReport => {
  let versions: NodeState['versions'] = { sidecar: own.version };
  const asking = every(versionsMs, async () => {
    const [callEngine, listeningEngine] = await Promise.all([
      engineVersion(engines.call),
      engineVersion(engines.listening),
    ]);
    versions = {
      sidecar: own.version,
      ...(callEngine !== undefined && { callEngine }),
      ...(listeningEngine !== undefined && { listeningEngine }),
    };
  });
  const report = startNodeReport({
    api,
    namespace,
    node: name,
    pool,
    log,
    now: () => new Date(),
    state: () => ({
      versions,
      resourceVersion: source.resourceVersion,
      malformed: source.malformed,
      mirror: { state: observer.mirrorState, missed: observer.counters.foundByRelist },
      audit: audit.head,
      auditRowsMissing: auditRowsMissing(),
      calls: book.size,
      listens: service.listens.length,
      notReady: notReady(),
    }),
  });
  return {
    stop() {
      asking.stop();
      return report.stop();
    },
  };
};
