import type { Cluster } from './cluster.ts';
import { ensureClusterParts, startCluster } from './start-cluster.ts';
import { ensureKind, startKind } from './start-kind.ts';

type Tell = (line: string) => void;

const isKind = () => process.env['E2E_CLUSTER'] === 'kind';

/**
 * Brings what the cluster needs that this run is to use: kind where E2E_CLUSTER says so, else a node of our own.
 * @throws PartsUnavailable, ControlPlaneUnavailable, ClusterUnavailable
 */
export async function ensureChosenCluster(onProgress: Tell): Promise<void> {
  if (isKind()) ensureKind();
  else await ensureClusterParts(onProgress);
}

/** Starts it. @throws as above, and ProcessFailed */
export function startChosenCluster(onProgress: Tell): Promise<Cluster> {
  return isKind() ? startKind(onProgress) : startCluster(onProgress);
}
