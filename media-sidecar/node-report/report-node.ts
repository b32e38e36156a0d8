import type { Logger } from 'pino';
import type { CallBook } from '../book/call-book.ts';
import type { ListenService } from '../listen/listen-service.ts';
import type { Observer } from '../observe/observer.ts';
import own from '../package.json' with { type: 'json' };
import type { Cluster } from '../policy/open-source.ts';
import { type NodeReport, startNodeReport } from './node-report.ts';

/** The parts that a MediaNode tells of. */
export interface ReportedNode {
  readonly name: string;
  readonly service: Pick<ListenService, 'listens'>;
  readonly book: Pick<CallBook, 'size'>;
  readonly observer: Pick<Observer, 'mirrorState' | 'counters'>;
  readonly notReady: () => readonly string[];
}

/** Keeps the MediaNode of this sidecar true. */
export const reportNode = (
  { api, source, pool, namespace }: Cluster,
  { name, service, book, observer, notReady }: ReportedNode,
  log: Logger,
): NodeReport =>
  startNodeReport({
    api,
    namespace,
    node: name,
    pool,
    log,
    now: () => new Date(),
    state: () => ({
      version: own.version,
      resourceVersion: source.resourceVersion,
      malformed: source.malformed,
      mirror: { state: observer.mirrorState, missed: observer.counters.foundByRelist },
      calls: book.size,
      listens: service.listens.length,
      notReady: notReady(),
    }),
  });
