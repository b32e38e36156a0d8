import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from '../../../../tools/control-plane/control-plane.ts';

const program = join(import.meta.dirname, 'candidate.program.ts');
let cluster: ControlPlane;
let candidates: Candidate[] = [];

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.kubectl(['create', 'configmap', 'written']);
});
afterAll(() => cluster.stop());
beforeEach(async () => {
  await cluster.kubectl(['delete', 'lease', 'leader', '--ignore-not-found']);
});
afterEach(async () => {
  await Promise.all(candidates.map((candidate) => candidate.end('SIGKILL')));
  candidates = [];
});

/** A candidate in a process of its own. */
class Candidate {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #leads: Promise<void>;

  constructor(name: string) {
    this.name = name;
    this.#process = spawn(process.execPath, [program, cluster.adminKubeconfig, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    candidates.push(this);
    const { stdout } = this.#process;
    if (!stdout) throw new Error('the candidate has no output');
    const lines = createInterface(stdout);
    this.#leads = new Promise((resolve) => {
      lines.on('line', (line) => line.startsWith('leads') && resolve());
    });
  }

  /** Resolves when it leads. */
  get leads(): Promise<void> {
    return this.#leads;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, 'exit');
    this.#process.kill(signal);
    await exit;
  }
}

const within = async (ms: number, promise: Promise<void>): Promise<void> => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), ms);
  const lateness = once(late.signal, 'abort').then(() => {
    throw new Error(`not within ${ms} ms`);
  });
  await Promise.race([promise, lateness]);
  clearTimeout(timer);
};

/** The writes of leaders that the API server took, in the order they came. */
const writes = () =>
  cluster
    .auditEvents()
    .filter(
      ({ verb, objectRef, responseStatus }) =>
        verb === 'patch' && objectRef?.name === 'written' && responseStatus?.code === 200,
    )
    .toSorted((a, b) => a.requestReceivedTimestamp.localeCompare(b.requestReceivedTimestamp));

/** Who wrote them, each once per turn. */
const turns = (): readonly string[] =>
  writes()
    .map(({ userAgent }) => userAgent ?? '')
    .filter((writer, i, writers) => writer !== writers[i - 1]);

describe('LeaseElection on a real API server', () => {
  it('another leads within 20 s of the leader’s death, and the dead one wrote nothing after it', async () => {
    const first = new Candidate('killed-1');
    await first.leads;
    const second = new Candidate('killed-2');
    await expect.poll(turns).toContain('killed-1');
    await first.end('SIGKILL');
    await within(20_000, second.leads);
    await expect.poll(() => turns().slice(-2)).toEqual(['killed-1', 'killed-2']);
  });

  it('another leads within 3 s of the leader’s stop', async () => {
    const first = new Candidate('stopped-1');
    await first.leads;
    const second = new Candidate('stopped-2');
    // It has looked at the Lease once, and waits.
    await expect
      .poll(() => cluster.kubectl(['get', 'lease', 'leader', '-o', 'jsonpath={.spec.holderIdentity}']))
      .toMatchObject({ output: expect.stringMatching(/^stopped-1_/) });
    const stopped = first.end('SIGTERM');
    await within(3_000, second.leads);
    await stopped;
    await expect.poll(() => turns().slice(-2)).toEqual(['stopped-1', 'stopped-2']);
  });

  it('a leader that was frozen beyond its time writes nothing more when it thaws', async () => {
    const first = new Candidate('frozen-1');
    await first.leads;
    const second = new Candidate('frozen-2');
    first.signal('SIGSTOP');
    await within(20_000, second.leads);
    const thawed = new Date().toISOString();
    first.signal('SIGCONT');
    const since = () => writes().filter(({ requestReceivedTimestamp }) => requestReceivedTimestamp > thawed);
    // Long enough for the first to have found out.
    await expect.poll(() => since().length, { timeout: 10_000 }).toBeGreaterThan(100);
    expect(turns().filter((writer) => writer.startsWith('frozen'))).toEqual(['frozen-1', 'frozen-2']);
  });
});
