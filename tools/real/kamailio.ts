import type { Parts } from './parts.ts';
import { type RunningProcess, startProcess } from './process.ts';
import type { Ready } from './ready.ts';

export interface KamailioOptions {
  readonly parts: Parts;
  /** The configuration file; it and what it includes lie within the project, the folder for temporary files or `workDir`. */
  readonly config: string;
  /** Preprocessor defines, `-A NAME=value`. A value with other than word characters needs its own quotes, as in the configuration file. */
  readonly defines: Readonly<Record<string, string>>;
  /** Its working and run folder; created by the caller. */
  readonly workDir: string;
  /** When it counts as started, for example `{ probe: () => answersSip(host, port) }`. */
  readonly ready: Ready;
  readonly logFile?: string;
}

/**
 * Starts Kamailio in the foreground, with all its children and little memory, since many may run side by side.
 * @throws ProcessFailed with what it says of a faulty configuration
 */
export function startKamailio(options: KamailioOptions): Promise<RunningProcess> {
  const { parts, config, defines, workDir, ready, logFile } = options;
  const args = [
    ...['-f', config, '-DD', '-E', '-n', '2', '-N', '2', '-m', '64', '-M', '8', '-Y', workDir, '-w', workDir],
    ...Object.entries(defines).flatMap(([name, value]) => ['-A', `${name}=${value}`]),
  ];
  return startProcess({
    name: 'PBX (Kamailio)',
    command: parts.command('kamailio', args, workDir),
    ready,
    ...(logFile === undefined ? {} : { logFile }),
  });
}
