import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tieOfThisUser } from './enclosure.ts';
import { startProcess } from './process.ts';

const shell = (script: string) => ({ file: 'sh', args: ['-c', script] });
const ready = { line: (line: string) => line === 'ready' };

test('a process is ready when it has printed the line, and its pid is that of the program', async () => {
  const it = await startProcess({ name: 'it', command: shell('echo ready; exec sleep 60'), ready });
  await expect.poll(() => readFileSync(`/proc/${it.pid}/cmdline`, 'utf8')).toBe('sleep\x0060\0');
  expect(await it.kill()).toEqual({ signal: 'SIGKILL' });
  expect(existsSync(`/proc/${it.pid}`)).toBe(false);
});

test('a process is ready when its probe says so', async () => {
  let asked = 0;
  const it = await startProcess({
    name: 'it',
    command: shell('sleep 60'),
    ready: { probe: async () => ++asked === 3 },
  });
  expect(asked).toBe(3);
  await it.kill();
});

test('one that ends early is told with its exit code and last lines', async () => {
  const start = startProcess({ name: 'PBX', command: shell('echo no such file >&2; exit 3'), ready });
  await expect(start).rejects.toThrow(
    'PBX ended before it was ready (exit code 3). Its last lines:\nno such file',
  );
});

test('one that is not ready in time is ended and told', async () => {
  const start = startProcess({ name: 'PBX', command: shell('echo hm; sleep 60'), ready, readyWithinMs: 200 });
  await expect(start).rejects.toThrow('PBX was not ready within 0.2 s. Its last lines:\nhm');
});

test('a program that does not exist is told', async () => {
  const start = startProcess({ name: 'PBX', command: { file: 'no-such-program', args: [] }, ready });
  await expect(start).rejects.toThrow('PBX ended before it was ready (exit code 127)');
});

test('stop lets it end by itself', async () => {
  const script = "trap 'exit 7' TERM; echo ready; while :; do sleep 0.01; done";
  const it = await startProcess({ name: 'it', command: shell(script), ready });
  expect(await it.stop()).toEqual({ code: 7 });
});

test('stop forces one that will not end', async () => {
  const script = "trap '' TERM; echo ready; while :; do sleep 0.01; done";
  const it = await startProcess({ name: 'it', command: shell(script), ready });
  expect(await it.stop(50)).toEqual({ signal: 'SIGKILL' });
});

test('it can be halted and let go on', async () => {
  const it = await startProcess({ name: 'it', command: shell('echo ready; exec sleep 60'), ready });
  const state = () => readFileSync(`/proc/${it.pid}/stat`, 'utf8').split(' ')[2];
  it.signal('SIGSTOP');
  await expect.poll(state).toBe('T');
  it.signal('SIGCONT');
  await expect.poll(state).toBe('S');
  expect(await it.stop()).toEqual({ signal: 'SIGTERM' });
});

test('what it prints is kept in a log file', async () => {
  const logFile = join(mkdtempSync(join(tmpdir(), 'medlyssning-log-')), 'log');
  const it = await startProcess({ name: 'it', command: shell('echo ready; echo more'), ready, logFile });
  await it.exited;
  await expect.poll(() => readFileSync(logFile, 'utf8')).toBe('ready\nmore\n');
});

test.runIf(tieOfThisUser() === 'namespace')(
  'what it forked dies with it, even what made itself a daemon',
  async () => {
    const mark = `mark-${process.pid}-kill`;
    const it = await startProcess({
      name: 'it',
      command: forking(mark),
      ready,
      env: { MEDLYSSNING_MARK: mark },
    });
    expect(marked(mark).length).toBeGreaterThanOrEqual(3);
    await it.kill();
    expect(marked(mark)).toEqual([]);
  },
);

test.runIf(tieOfThisUser() === 'namespace')(
  'nothing is left when the parent is killed with SIGKILL',
  async () => {
    const mark = `mark-${process.pid}-parent`;
    const module = JSON.stringify(join(import.meta.dirname, 'process.ts'));
    const script = `
    const { startProcess } = await import(${module});
    const command = ${JSON.stringify(forking(mark))};
    const it = await startProcess({ name: 'it', command, ready: { line: (line) => line === 'ready' } });
    console.log(it.pid);
    setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, MEDLYSSNING_MARK: mark },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await once(parent.stdout, 'data');
    expect(marked(mark)).toContain(Number(pid));
    parent.kill('SIGKILL');
    await expect.poll(() => marked(mark)).toEqual([]);
  },
);

/** A program that forks a child and a daemon in a session of its own, and carries a mark by which all are found. */
function forking(mark: string) {
  return {
    file: 'env',
    args: [`MEDLYSSNING_MARK=${mark}`, 'sh', '-c', 'sleep 60 & setsid -f sleep 60; echo ready; sleep 60'],
  };
}

/** The processes that carry the mark in their environment. */
function marked(mark: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => environmentOf(pid).includes(`MEDLYSSNING_MARK=${mark}\0`))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}
