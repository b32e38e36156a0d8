import { ensureDebianRoot } from './debian-root.ts';
import { isOnPath } from './find-on-path.ts';

const shells = ['bash', 'fish', 'zsh'] as const;
export type Shell = (typeof shells)[number];

/**
 * Brings the shells here that completion is for.
 * @returns Debian's in a root of their own; `undefined` where this machine has all of them
 * @throws PartsUnavailable
 */
export async function ensureShells(onProgress: (line: string) => void): Promise<string | undefined> {
  if (shells.every(isOnPath)) return undefined;
  return ensureDebianRoot(
    {
      name: 'shells',
      packages: [...shells],
      lacking: `Not all of ${shells.join(', ')} are on PATH.`,
    },
    onProgress,
  );
}
