import type { ClusterOptions } from '../source/open-cluster.ts';
import type { Nodes } from './read-nodes.ts';

/** The media nodes of a cluster now. @throws Unanswered, UsageError */
export const nodesNow = async (options: ClusterOptions): Promise<Nodes> => {
  // Only where it is needed: what speaks with clusters takes the longest to load.
  const { readNodes } = await import('./read-nodes.ts');
  return readNodes(options, () => new Date());
};
