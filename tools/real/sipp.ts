import type { Parts } from './parts.ts';
import { type RunningProcess, startProcess } from './process.ts';

export interface SippOptions {
  readonly parts: Parts;
  /** XML scenario file, within the project, the folder for temporary files or `workDir`. */
  readonly scenario: string;
  /** `host:port` it sends to; a server scenario needs none. */
  readonly remote?: string;
  readonly localPort: number;
  readonly transport: 'udp' | 'tcp';
  readonly workDir: string;
  readonly host?: string;
  /** For example `['-m', '1', '-s', '1001', '-au', '1001', '-ap', password]` (sipp(1)). */
  readonly extraArgs?: readonly string[];
  readonly logFile?: string;
}

/**
 * Starts SIPp in the background of no terminal. It has succeeded when `exited` is `{ code: 0 }`; 1 means that a call failed. The log of
 * errors goes to its output.
 */
export function startSipp(options: SippOptions): Promise<RunningProcess> {
  const {
    parts,
    scenario,
    remote,
    localPort,
    transport,
    workDir,
    host = '127.0.0.1',
    extraArgs = [],
  } = options;
  const args = [
    ...(remote === undefined ? [] : [remote]),
    ...['-sf', scenario, '-i', host, '-p', String(localPort), '-t', transport === 'udp' ? 'u1' : 't1'],
    '-nostdin',
    ...extraArgs,
  ];
  return startProcess({
    name: 'SIPp',
    command: parts.command('sipp', args, workDir),
    env: { TERM: 'dumb' },
    ready: 'started',
    ...(options.logFile === undefined ? {} : { logFile: options.logFile }),
  });
}
