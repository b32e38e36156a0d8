import { ensureDebianRoot, whyNoDebianRoot } from './debian-root.ts';
import { isOnPath } from './find-on-path.ts';
import { PartsUnavailable } from './parts-unavailable.ts';

const shells = ['bash', 'fish', 'zsh'] as const;
export type Shell = (typeof shells)[number];

/**
 * Brings the shells here that completion is for.
 * @returns Debian's in a root of their own; `undefined` where this machine has all of them
 * @throws PartsUnavailable
 */
export async function ensureShells(onProgress: (line: string) => void): Promise<string | undefined> {
  if (shells.every(isOnPath)) return undefined;
  const obstacle = whyNoDebianRoot();
  if (obstacle !== undefined)
    throw new PartsUnavailable(
      `Not all of ${shells.join(', ')} are on PATH, and they cannot be installed apart from this system: ${obstacle}.`,
    );
  return ensureDebianRoot([...shells], (line) => onProgress(`Installing shells (once): ${line}`));
}
