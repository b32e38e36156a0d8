import { spawnSync } from 'node:child_process';
import { isNewEnough, type Part, versionIn } from './part.ts';

/** What is to be known of a part on this machine's PATH. */
export type Finding =
  | { readonly kind: 'found' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'too old'; readonly version: string };

/** Asks the part on PATH, if any, for its version. */
export function findOnPath(part: Part): Finding {
  const { error, stdout, stderr } = spawnSync(part.name, part.versionArgs, {
    encoding: 'utf8',
    timeout: 5000,
  });
  if (error !== undefined) return { kind: 'missing' };
  const version = versionIn(part, stdout + stderr);
  if (version === undefined) return { kind: 'too old', version: 'unknown' };
  return isNewEnough(version, part.atLeast)
    ? { kind: 'found' }
    : { kind: 'too old', version: version.join('.') };
}

/** Whether a program of this name is on PATH. */
export function isOnPath(program: string): boolean {
  return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' }).status === 0;
}
