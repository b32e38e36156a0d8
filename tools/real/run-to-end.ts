import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import type { Command } from './command.ts';
import { enclose } from './enclosure.ts';
import { LastLines } from './last-lines.ts';

/** How a program ended that was run to its end. `output` holds its last lines, of both streams. */
export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Is told every line, on either stream. */
  readonly onLine?: (line: string) => void;
  /** Default 30. */
  readonly keepLines?: number;
}

/** Runs a program to its end, in the C locale and without questions. It cannot outlive this process. */
export function runToEnd(command: Command, options: RunOptions = {}): Promise<Outcome> {
  const { cwd, onLine = () => undefined, keepLines = 30 } = options;
  const { file, args } = enclose(command);
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const lines = new LastLines(keepLines);
  const [, out, err, pid] = child.stdio;
  for (const stream of [out, err]) if (stream instanceof Readable) lines.follow(stream, onLine);
  if (pid instanceof Readable) pid.resume();
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output: lines.text() }));
  });
}
