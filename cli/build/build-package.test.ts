import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { attempt, scratch, written } from '@medlyssning/media-sidecar/audit/audit.fixture.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../run-here.ts';
import { runningSidecar } from '../running-sidecar.fixture.ts';
import { buildPackage } from './build-package.ts';

const acme = join(import.meta.dirname, '..', '..', 'examples', 'acme');
const run = promisify(execFile);

let folder: string;
let home: string;
/** Nothing of this project, and no registry, can be reached from there. */
const env = () => ({
  HOME: folder,
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  npm_config_offline: 'true',
  npm_config_cache: join(folder, 'npm'),
  npm_config_update_notifier: 'false',
});
const npm = (file: 'npm' | 'npx', ...args: readonly string[]) => run(file, args, { cwd: home, env: env() });
const program = (...args: readonly string[]) =>
  run(join(home, 'node_modules', '.bin', 'medlyssning'), args, { cwd: home, env: env() }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );

/** Built, packed, and installed in an empty folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-package-'));
  home = join(folder, 'empty');
  await mkdir(home);
  await buildPackage(join(folder, 'built'));
  const { stdout } = await npm('npm', 'pack', join(folder, 'built'), '--silent');
  await npm('npm', 'install', join(home, stdout.trim()), '--no-audit', '--no-fund');
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the npm package, installed in an empty folder', { timeout: 120_000 }, () => {
  it('brings all it needs, and says whose it is', async () => {
    expect((await readdir(join(home, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual([
      'medlyssning',
    ]);
    const notices = await readFile(join(home, 'node_modules/medlyssning/THIRD-PARTY-NOTICES'), 'utf8');
    for (const name of ['commander', 'undici', 'pg', '@kubernetes/client-node'])
      expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  });

  it('answers as here, from a folder', async () => {
    const asked = [
      'explain',
      '--listener',
      'karin',
      '--target',
      'bo',
      '-f',
      acme,
      '--at',
      '2026-03-02T10:00:00Z',
    ];
    const told = await runHere(asked);
    expect(told.code).toBe(1);
    expect(await program(...asked)).toEqual(told);
    expect(await program('validate', acme)).toEqual(await runHere(['validate', acme]));
  });

  it('reads records from a file', async () => {
    using store = scratch();
    written(store.file, [attempt('a')]);
    expect(await program('audit', '--store', store.file, '--verify')).toMatchObject({ code: 0, stderr: '' });
  });

  it('asks a sidecar, a cluster and a database', async () => {
    await using sidecar = await runningSidecar();
    expect(await program('listens', '--server', sidecar.server)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('401 Unauthenticated'),
    });
    expect(await program('who-can-listen', 'anna')).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^error: The cluster gave no answer: /),
    });
    expect(await program('audit', '--postgres', 'postgres://reader@127.0.0.1:1/audit')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('is run by npx, and found by kubectl under its name', async () => {
    const { stdout } = await npm('npx', 'medlyssning', 'who-can-listen', 'anna', '-f', acme);
    expect(stdout).toContain('Karin Ek');
    const plugin = await run(join(home, 'node_modules/.bin/kubectl-medlyssning'), ['--help'], { env: env() });
    expect(plugin.stdout).toContain('Usage: kubectl medlyssning ');
  });
});
