import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../real/cache-folder.ts';
import type { Command } from '../real/command.ts';
import { holdLock } from '../real/lock.ts';
import { PartsUnavailable } from '../real/parts-unavailable.ts';
import { runToEnd } from '../real/run-to-end.ts';

/** Schemathesis and all that it needs, each in one version: `pip freeze` of where it was tried. */
const requirements = join(import.meta.dirname, 'requirements.txt');

/** What a Python has to have to make a place for packages of its own. */
const isUsable = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/**
 * Brings schemathesis (PyPI), which asks an HTTP API whatever its OpenAPI document allows and forbids. A Python ≥ 3.10 of this machine
 * installs it once, under the cache folder.
 * @returns the program
 * @throws PartsUnavailable
 */
export const ensureSchemathesis = async (): Promise<string> => {
  const python = ['python3', '/usr/bin/python3'].find(
    (program) => spawnSync(program, ['-c', isUsable], { stdio: 'ignore' }).status === 0,
  );
  if (python === undefined)
    throw new PartsUnavailable(
      'No Python ≥ 3.10 with venv is on PATH. Install it; on Debian it is python3-venv.',
    );
  const pinned = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const place = join(cacheFolder(), 'schemathesis', pinned.slice(0, 12));
  const program = join(place, 'bin', 'schemathesis');
  const whole = join(place, 'installed');
  if (existsSync(whole)) return program;
  using _lock = await holdLock(`${place}.lock`, () => {});
  if (existsSync(whole)) return program;
  await install(python, place);
  writeFileSync(whole, '');
  return program;
};

const install = async (python: string, place: string): Promise<void> => {
  mkdirSync(dirname(place), { recursive: true });
  const commands: readonly Command[] = [
    { file: python, args: ['-m', 'venv', '--clear', place] },
    {
      file: join(place, 'bin', 'pip'),
      args: ['install', '--quiet', '--no-deps', '--requirement', requirements],
    },
  ];
  for (const command of commands) {
    const { ok, output } = await runToEnd(command);
    if (!ok)
      throw new PartsUnavailable(
        `schemathesis could not be installed into ${place}. Check that this machine reaches PyPI, then try again. Its last lines:\n${output}`,
      );
  }
};
