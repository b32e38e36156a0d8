import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from './command.ts';

const projectRoot = join(import.meta.dirname, '..', '..');

/**
 * Runs a program inside the Debian root. Its mounts are made in a mount namespace of its own, so the machine sees none of them and
 * none is left behind. The project, the folder for temporary files and the working folder lie at the same paths inside as
 * outside, so that arguments need no translation.
 */
const enter = `set -e
root=$1 cwd=$2; shift 2
mount -t proc proc "$root/proc"
while [ "$1" != -- ]; do
  mkdir -p "$root$1"; mount --rbind "$1" "$root$1"; shift
done
shift
exec chroot "$root" env --chdir="$cwd" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"`;

/** The command that runs `program` inside `root`, with `cwd` as its working folder. */
export function debianRootCommand(
  root: string,
  program: string,
  args: readonly string[],
  cwd: string,
): Command {
  const visible = outermost([projectRoot, tmpdir(), cwd]);
  return {
    file: 'unshare',
    args: [
      '--mount',
      '--propagation',
      'private',
      'sh',
      '-c',
      enter,
      'enter',
      root,
      cwd,
      ...visible,
      '--',
      program,
      ...args,
    ],
  };
}

/** Leaves out folders that lie within another of them. */
export function outermost(folders: readonly string[]): readonly string[] {
  const distinct = [...new Set(folders)];
  return distinct.filter((a) => !distinct.some((b) => a !== b && a.startsWith(`${b}/`)));
}
