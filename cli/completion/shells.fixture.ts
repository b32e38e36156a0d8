import { join } from 'node:path';
import { debianRootCommand } from '@medlyssning/tools/real/debian-root-command.ts';
import { runToEnd } from '@medlyssning/tools/real/run-to-end.ts';
import { ensureShells, type Shell } from '@medlyssning/tools/real/shells.ts';

const project = join(import.meta.dirname, '..', '..');

/** Types these lines into an interactive shell on a terminal of its own; resolves with all that it showed. */
export type TypeInto = (shell: Shell, lines: readonly string[]) => Promise<string>;

/**
 * The real shells: this machine's where it has all of them, else Debian's in a root of their own.
 * @param programs folder with `medlyssning`, within the project or the folder for temporary files
 * @throws PartsUnavailable
 */
export const startShells = async (programs: string): Promise<TypeInto> => {
  const root = await ensureShells(() => undefined);
  // What this machine trusts besides is not there in another root, and Node would say so.
  const path = `${programs}:${join(project, 'node_modules', '.bin')}:/usr/local/bin:/usr/bin:/bin`;
  const env = ['--unset=NODE_EXTRA_CA_CERTS', `PATH=${path}`, `HOME=${programs}`, 'TERM=dumb', 'NO_COLOR=1'];
  return async (shell, lines) => {
    const words = [...env, ...bare[shell]];
    const { file, args } =
      root === undefined ? { file: 'env', args: words } : debianRootCommand(root, 'env', words, project);
    const typed = [...lines, 'exit', ''].join('\n');
    const onTerminal = 'printf %s "$1" | script --quiet --return --command "$2" /dev/null';
    const command = [file, ...args].map(quoted).join(' ');
    const { output } = await runToEnd(
      { file: 'sh', args: ['-c', onTerminal, 'sh', typed, command] },
      { cwd: project, keepLines: 1_000 },
    );
    return output;
  };
};

/** Without what somebody configured for themselves. */
const bare: Readonly<Record<Shell, readonly string[]>> = {
  bash: ['bash', '--norc', '--noprofile', '-i'],
  fish: ['fish', '--no-config', '--interactive'],
  zsh: ['zsh', '-f', '-i'],
};

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
