import { execFileSync } from 'node:child_process';
import type { Command } from './command.ts';

/**
 * How a child is tied to its parent.
 * - `namespace`: it and all it forks live in a process namespace that is killed whole when this process ends, however it ends;
 * - `signal`: only the child itself is killed, since this user may make no namespace.
 */
export type Tie = 'namespace' | 'signal';

/** `unshare` options to try, best first: root's own namespaces, then those any user may make. */
const namespaceOptions = [[], ['--user', '--map-current-user']] as const;
const asNamespace = ['--pid', '--fork', '--kill-child=KILL'] as const;

/**
 * Runs first, in the child: leaves at once if the parent died before the tie was made (`PPID` is then another), tells the
 * real pid on descriptor 3 and becomes the program.
 */
const guardedExec = '[ "$PPID" = "$1" ] || exit 125; shift; echo "$$" >&3; exec 3>&-; exec "$@"';
const guardedNamespace = '[ "$PPID" = "$1" ] || exit 125; shift; exec "$@"';

/**
 * The first process of the namespace. It starts the program as its child, not in its own place, because the kernel withholds
 * default signal actions from the first process. The pid told on descriptor 3 is the one outside the namespace: `/proc` is still
 * the outer one. A background child would read nothing and ignore SIGINT; standard input is /dev/null anyway and SIGTERM stops.
 */
const firstProcess =
  '( read -r pid rest </proc/self/stat; echo "$pid" >&3; exec 3>&-; exec "$@" ) & exec 3>&-; wait "$!"; exit "$?"';

let known: readonly string[] | null | undefined;

/** The `unshare` options that work for this user, or null where none do. Asked once per process. */
function usableNamespace(): readonly string[] | null {
  if (known === undefined) known = namespaceOptions.find(works) ?? null;
  return known;
}

function works(options: readonly string[]): boolean {
  try {
    execFileSync('unshare', [...options, ...asNamespace, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Which tie `enclose` makes for this user on this machine. */
export function tieOfThisUser(): Tie {
  return usableNamespace() === null ? 'signal' : 'namespace';
}

/** Wraps a command so that it cannot outlive this process; the wrapped command writes the program's real pid to descriptor 3. */
export function enclose(command: Command): Command {
  const program = [command.file, ...command.args];
  const tied = ['--pdeathsig', 'KILL', 'sh', '-c'];
  const parent = String(process.pid);
  const options = usableNamespace();
  if (options === null) return { file: 'setpriv', args: [...tied, guardedExec, 'guard', parent, ...program] };
  const namespace = ['unshare', ...options, ...asNamespace, 'sh', '-c', firstProcess, 'first'];
  return { file: 'setpriv', args: [...tied, guardedNamespace, 'guard', parent, ...namespace, ...program] };
}
