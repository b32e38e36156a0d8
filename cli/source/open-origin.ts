import type { SourceOptions } from '../commands/options.ts';
import type { Output } from '../print/output.ts';
import { waitingFor } from '../print/waiting-for.ts';
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
  output: Pick<Output, 'stderr'> = process,
  deadlineMs = 30_000,
): Promise<OpenOrigin> => {
  if (options.filename !== undefined) {
    const { origin } = await waitingFor(output, options.filename, readFolder(options.filename));
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
  const reading = readCluster(api, [...new Set(mentioned)], AbortSignal.timeout(deadlineMs));
  return { origin: await waitingFor(output, mentioned.join(', '), reading), namespace };
};
