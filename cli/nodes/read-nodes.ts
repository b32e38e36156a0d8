import { mediaNodes } from '@medlyssning/operator/watch/resources.ts';
import type { MediaNode } from '@medlyssning/policy';
import { printable } from '../print/printable.ts';
import { type ClusterOptions, openCluster } from '../source/open-cluster.ts';
import { listAll } from '../source/read-cluster.ts';

/** What a media node says of itself in the cluster. */
export interface NodeCounts {
  readonly name: string;
  readonly pool: string;
  readonly ready: 'True' | 'False' | 'Unknown';
  readonly mirror: string | undefined;
  readonly calls: number | undefined;
  readonly listens: number | undefined;
  /** When its sidecar last wrote, RFC 3339. */
  readonly heardAt: string | undefined;
  /** How long ago that was, s. */
  readonly heardSecondsAgo: number | undefined;
}

export interface Nodes {
  readonly namespace: string;
  readonly nodes: readonly NodeCounts[];
}

/** Where the chart puts media nodes. */
const nodesNamespace = 'medlyssning-system';
const deadlineMs = 30_000;

/** The media nodes of a cluster, by name. @throws Unanswered, UsageError */
export const readNodes = async (options: ClusterOptions, now: () => Date): Promise<Nodes> => {
  const { api } = openCluster(options);
  await using _ = api;
  const namespace = options.namespace ?? nodesNamespace;
  const all = await listAll(api, mediaNodes, namespace, AbortSignal.timeout(deadlineMs));
  const at = now();
  const nodes = all.map((node) => countsOf(node, at)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { namespace, nodes };
};

const countsOf = ({ metadata, spec, status }: MediaNode, at: Date): NodeCounts => {
  const heardAt = status?.lastHeartbeatTime;
  const ms = heardAt === undefined ? Number.NaN : at.getTime() - Date.parse(heardAt);
  return {
    name: metadata.name,
    pool: spec.pool ?? 'default',
    ready: status?.conditions?.find(({ type }) => type === 'Ready')?.status ?? 'Unknown',
    mirror: status?.mirror?.state,
    calls: status?.calls,
    listens: status?.listens,
    heardAt: heardAt === undefined ? undefined : printable(heardAt),
    heardSecondsAgo: Number.isNaN(ms) ? undefined : Math.max(0, Math.round(ms / 1_000)),
  };
};
