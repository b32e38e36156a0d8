import type { SourceOptions } from '../commands/options.ts';
import type { Origin } from './origin.ts';
import { readFolder } from './read-folder.ts';

export interface OpenOrigin {
  readonly origin: Origin;
  /** Where a name without namespace is looked for; `undefined`: anywhere in the folder. */
  readonly namespace: string | undefined;
}

/**
 * Reads the folder, or from the cluster the namespaces that the names of people mention.
 * @throws Unanswered, UsageError
 */
export const openOrigin = async (
  options: SourceOptions,
  people: readonly string[],
  deadlineMs = 30_000,
): Promise<OpenOrigin> => {
  if (options.filename !== undefined) {
    const { origin } = await readFolder(options.filename);
    return { origin, namespace: options.namespace };
  }
  // Only where it is needed: what speaks with clusters takes the longest to load.
  const { openCluster } = await import('./open-cluster.ts');
  const { readCluster } = await import('./read-cluster.ts');
  const { api, namespace } = openCluster(options);
  await using _ = api;
  const mentioned = people.map((text) =>
    text.includes('/') ? (text.split('/')[0] ?? namespace) : namespace,
  );
  return {
    origin: await readCluster(api, [...new Set(mentioned)], AbortSignal.timeout(deadlineMs)),
    namespace,
  };
};
