import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** An operator in a process of its own. */
export class OperatorProcess {
  /** What it said it was told. */
  readonly said: string[] = [];
  /** What it logged. */
  readonly logged: string[] = [];
  /** Undefined while it lives. */
  exit: string | undefined;
  readonly #process: ChildProcess;

  constructor(args: readonly string[], kubeconfig: string) {
    this.#process = spawn(process.execPath, args, {
      env: { ...process.env, KUBECONFIG: kubeconfig },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { stdout, stderr } = this.#process;
    if (stdout) createInterface(stdout).on('line', (line) => this.said.push(line));
    if (stderr) createInterface(stderr).on('line', (line) => this.logged.push(line));
    this.#process.once('exit', (code, signal) => {
      this.exit = signal ?? `exit ${code}`;
    });
  }

  async stop(): Promise<void> {
    if (this.exit !== undefined) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exit;
  }
}
