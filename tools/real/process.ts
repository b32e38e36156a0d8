import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Command } from './command.ts';
import { enclose } from './enclosure.ts';
import { describeExit, type Exit, exitOf } from './exit.ts';
import { LastLines } from './last-lines.ts';
import { awaitReady, type Ready } from './ready.ts';

export interface ProcessOptions {
  /** For messages: "call engine", "PBX". */
  readonly name: string;
  readonly command: Command;
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly ready: Ready;
  /** Default 15 s. */
  readonly readyWithinMs?: number;
  /** Everything the process prints is appended here too. */
  readonly logFile?: string;
}

export interface RunningProcess {
  readonly name: string;
  /** The program itself, not a wrapper: for SIGSTOP, SIGCONT and /proc. */
  readonly pid: number;
  /** SIGTERM, then SIGKILL after `graceMs` (default 2 s). Fulfilled when it and all it forked are gone. */
  stop(graceMs?: number): Promise<Exit>;
  /** SIGKILL, at once. */
  kill(): Promise<Exit>;
  signal(signal: NodeJS.Signals): void;
  readonly exited: Promise<Exit>;
  /** The last lines it printed. */
  output(): string;
}

/** A process that ended, or was not ready in time, before it could be used; `output` holds its last lines. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';
  readonly reason = 'ProcessFailed';
  readonly output: string;
  constructor(what: string, output: string) {
    super(`${what}. ${output === '' ? 'It printed nothing.' : `Its last lines:\n${output}`}`);
    this.output = output;
  }
}

/**
 * Starts a program that cannot outlive this process (enclosure.ts), in a process group of its own so that Ctrl-C reaches it only
 * through us, and waits until it is ready.
 * @throws ProcessFailed when it ends early or is not ready in time
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { name, env, cwd, logFile, readyWithinMs = 15_000 } = options;
  const { file, args } = enclose(options.command);
  const child = spawn(file, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const readiness = awaitReady(options.ready);
  const lines = new LastLines(60);
  const log = logFile === undefined ? undefined : createWriteStream(logFile, { flags: 'a' });
  for (const stream of child.stdio.slice(1, 3)) {
    if (!(stream instanceof Readable)) continue;
    lines.follow(stream, (line) => {
      log?.write(`${line}\n`);
      readiness.take(line);
    });
  }
  const exited = exitOfChild(child, lines).finally(() => log?.end());
  const running = firstNumber(child.stdio[3]).then((pid) => handleOf(name, pid, child, exited, lines));

  const late = Promise.withResolvers<string>();
  const timer = setTimeout(
    () => late.resolve(`was not ready within ${readyWithinMs / 1000} s`),
    readyWithinMs,
  );
  const failure = await Promise.race([
    Promise.all([running, readiness.reached]).then(
      () => undefined,
      (error) => `could not be asked whether it is ready (${String(error)})`,
    ),
    exited.then((exit) => `ended before it was ready (${describeExit(exit)})`),
    late.promise,
  ]);
  clearTimeout(timer);
  readiness.abandon();
  if (failure === undefined) return running;
  child.kill('SIGKILL');
  await exited;
  throw new ProcessFailed(`${name} ${failure}`, lines.text());
}

function handleOf(
  name: string,
  pid: number,
  child: ChildProcess,
  exited: Promise<Exit>,
  lines: LastLines,
): RunningProcess {
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  const signal = (which: NodeJS.Signals) => {
    if (!ended) signalIfThere(pid, which);
  };
  return {
    name,
    pid,
    exited,
    signal,
    output: () => lines.text(),
    kill() {
      signal('SIGKILL');
      return exited;
    },
    async stop(graceMs = 2000) {
      signal('SIGTERM');
      signal('SIGCONT');
      const timer = setTimeout(() => {
        signal('SIGKILL');
        child.kill('SIGKILL');
      }, graceMs);
      return exited.finally(() => clearTimeout(timer));
    },
  };
}

/** Fulfilled when the process and everything that could still write its output are gone. */
function exitOfChild(child: ChildProcess, lines: LastLines): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      lines.add(error.message);
      resolve({ code: 127 });
    });
    child.once('close', (code, signal) => resolve(exitOf(code, signal)));
  });
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The line by which the enclosure tells the program's pid; never fulfilled when it ends without one. */
function firstNumber(stream: unknown): Promise<number> {
  return new Promise((resolve) => {
    if (!(stream instanceof Readable)) return;
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.endsWith('\n')) resolve(Number(text));
    });
  });
}
