import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audible, voiceOf } from '../demo/cast/cast.ts';
import { steadyMatrix } from '../demo/verify/steady-matrix.ts';
import { loudness, readWav, whoHearsWhom } from './lib/audio/index.ts';

const repository = join(import.meta.dirname, '..');
const speakers = audible.map((name) => ({ name, hz: voiceOf[name].pilotHz }));

let out: string;
let printed: { readonly code: number; readonly stdout: string; readonly stderr: string };

const demo = (...args: readonly string[]) =>
  new Promise<typeof printed>((resolve) => {
    execFile(
      process.execPath,
      [join(repository, 'tools', 'with-node24.mjs'), 'demo/main.ts', ...args],
      { cwd: repository },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'medlyssning-demo-'));
  printed = await demo('--json', '--out', out);
});
afterAll(() => rm(out, { recursive: true, force: true }));

describe('npm run demo -- --json', () => {
  it('prints one JSON document and nothing else, and ends well', () => {
    expect(printed.stderr).toContain('Starting the PBX');
    const { error, checks, ok } = JSON.parse(printed.stdout);
    expect(error).toBeUndefined();
    expect(checks.filter(({ held }: { held: boolean }) => !held)).toEqual([]);
    expect(ok).toBe(true);
    expect(printed.code).toBe(0);
  });

  it('shows two who listen and five who may not', () => {
    const shown = JSON.parse(printed.stdout);
    expect(shown.whoHearsWhom).toEqual({
      customer: ['anna'],
      anna: ['customer'],
      karin: ['customer', 'anna'],
      sven: ['customer', 'anna'],
      caller: ['bo'],
      bo: ['caller'],
    });
    expect(shown.refusals.map(({ reason }: { reason: string }) => reason)).toEqual([
      'ListenerRightMissing',
      'DeviceNotAllowed',
      'ListenerLineBusy',
      'TargetUnknown',
      'ProfileForbids',
    ]);
    expect(shown.packetsLost).toEqual({ customer: 0, anna: 0 });
    expect(shown.told).toHaveLength(4);
  });

  it('writes what each heard: the listeners both parties, the parties each other, nobody a listener', async () => {
    const heardIn = async (who: string) => {
      const samples = readWav(await readFile(join(out, `${who}.wav`)));
      const matrix = steadyMatrix(speakers, new Map([[who, { startedAt: 0, samples }]]), {
        from: 0,
        to: samples.length / 8,
      });
      const heard = whoHearsWhom(matrix)[who];
      return { loud: loudness(samples) > -30, heard };
    };
    expect(await heardIn('customer')).toEqual({ loud: true, heard: ['anna'] });
    expect(await heardIn('anna')).toEqual({ loud: true, heard: ['customer'] });
    expect(await heardIn('karin')).toEqual({ loud: true, heard: ['customer', 'anna'] });
    expect(await heardIn('sven')).toEqual({ loud: true, heard: ['customer', 'anna'] });
  });

  it('writes the audit records', async () => {
    const records = (await readFile(join(out, 'audit.jsonl'), 'utf8')).trim().split('\n');
    expect(records.map((line) => JSON.parse(line).record).filter((kind) => kind === 'attempt')).toHaveLength(
      7,
    );
  });
});

it.each([
  [['--help'], 0, 'stdout', /Examples:/],
  [['--jsn'], 2, 'stderr', /--jsn/],
] as const)('npm run demo -- %j ends with %d', async (args, code, where, text) => {
  const told = await demo(...args);
  expect(told).toMatchObject({ code, [where]: expect.stringMatching(text) });
});
