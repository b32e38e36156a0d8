import type { MediaNodeStatus } from '@medlyssning/policy';
import { ApiError, type KubeApi } from 'kube-runtime';
import type { Logger } from 'pino';
import { fieldManager, mediaNodes } from '../kubernetes/resource-types.ts';
import { every } from '../timing/every.ts';
import { mediaNodeStatus, type NodeState } from './media-node-status.ts';

export interface NodeReportParts {
  readonly api: Pick<KubeApi, 'apply'>;
  readonly namespace: string;
  readonly node: string;
  readonly pool: string;
  readonly state: () => NodeState;
  readonly log: Logger;
  readonly now: () => Date;
}

export interface NodeReport {
  /** Says a last time how things stand, as far as the API server takes it, and no more. */
  stop(): Promise<void>;
}

/** At most so often is anything written. */
const pauseMs = 1_000;
/** At least so often, so that a sidecar that is gone is told from one at which nothing happens (crds/media-node.yaml). */
const heartbeatMs = 20_000;
const deadlineMs = 5_000;

/** Keeps this node's MediaNode true: what it enforces, and that it is alive. Nothing else waits for it or rests on it. */
export const startNodeReport = ({
  api,
  namespace,
  node,
  pool,
  state,
  log,
  now,
}: NodeReportParts): NodeReport => {
  const metadata = { name: node, namespace };
  let generation: number | undefined;
  let written: MediaNodeStatus | undefined;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let failing = false;

  const write = async (): Promise<void> => {
    const signal = AbortSignal.timeout(deadlineMs);
    if (generation === undefined) {
      const own = await api.apply(
        mediaNodes,
        { metadata, spec: { pool } },
        { fieldManager, force: true },
        { signal },
      );
      generation = own.metadata.generation ?? 1;
      // what an earlier sidecar of this node said still holds where nothing else is known
      written ??= own.status;
    }
    const at = now();
    const status = mediaNodeStatus(state(), written, generation, at);
    const isDue = at.getTime() - writtenAt >= heartbeatMs;
    if (!isDue && JSON.stringify(status) === JSON.stringify(written)) return;
    const lastHeartbeatTime = at.toISOString();
    await api.apply(
      mediaNodes,
      { metadata, status: { ...status, lastHeartbeatTime } },
      { fieldManager, force: true, subresource: 'status' },
      { signal },
    );
    written = status;
    writtenAt = at.getTime();
  };

  const tryToWrite = (): Promise<void> =>
    write().then(
      () => {
        failing = false;
      },
      (error) => {
        // It may have been deleted meanwhile: make it anew.
        if (error instanceof ApiError && error.status === 404) {
          generation = undefined;
          written = undefined;
        }
        if (!failing) log.warn({ err: error }, 'the MediaNode of this node could not be written');
        failing = true;
      },
    );

  let last: Promise<void> = Promise.resolve();
  const report = (): Promise<void> => {
    last = last.then(tryToWrite);
    return last;
  };
  const rounds = every(pauseMs, report);
  return {
    stop() {
      rounds.stop();
      return report();
    },
  };
};
