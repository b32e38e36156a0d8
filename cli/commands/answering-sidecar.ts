import { UsageError } from '../errors.ts';
import { openSidecar, type Sidecar } from '../sidecar/sidecar.ts';
import type { AnswerOptions } from './options.ts';

/**
 * The sidecar to ask in place of a folder or cluster; `undefined` where none is named.
 * @throws UsageError where something is asked as well that a running system does not answer
 */
export const answeringSidecar = (
  options: AnswerOptions & { readonly suppose?: readonly string[] },
): Sidecar | undefined => {
  const { server, tokenFile, filename, at, suppose } = options;
  if (server === undefined) return undefined;
  if (filename !== undefined)
    throw new UsageError('Ask a folder (--filename) or a sidecar (--server), not both.');
  if (at !== undefined || suppose !== undefined)
    throw new UsageError(
      '--at and --suppose go without --server: a running sidecar says how it is now, and supposes nothing.',
    );
  return openSidecar({ server, tokenFile });
};
