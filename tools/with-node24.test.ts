import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const packages = {
  '': { name: 'it' },
  'node_modules/node': { version: '24.0.0' },
  'node_modules/x': { optional: true },
};
const installed = { 'node_modules/node': { version: '24.0.0' } };
const installs = `echo run >> npm-runs; sleep 0.2; mkdir -p node_modules/node/bin
ln -sf "$NODE24" node_modules/node/bin/node
printf '%s' '${JSON.stringify({ packages: installed })}' > node_modules/.package-lock.json`;

/** A project of its own, with the script under test and an npm that does what the test says. */
function project(options: { present?: object; npm?: string; script: string }) {
  const root = mkdtempSync(join(tmpdir(), 'medlyssning-node24-'));
  const write = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  write('package-lock.json', JSON.stringify({ packages }));
  write('script.mjs', options.script);
  mkdirSync(join(root, 'tools'));
  copyFileSync(join(import.meta.dirname, 'with-node24.mjs'), join(root, 'tools/with-node24.mjs'));
  for (const name of ['sh', 'sleep', 'mkdir', 'ln', 'flock', 'setpriv']) link(root, name);
  if (options.npm !== undefined) write('path/npm', `#!/bin/sh\n${options.npm}\n`, 0o755);
  if (options.present !== undefined) {
    write('node_modules/.package-lock.json', JSON.stringify({ packages: options.present }));
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true });
    symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'));
  }
  return root;
}

function link(root: string, name: string) {
  mkdirSync(join(root, 'path'), { recursive: true });
  const file = ['/usr/bin', '/bin'].map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (file !== undefined) symlinkSync(file, join(root, 'path', name));
}

const command = (root: string, ...args: string[]) => [
  join(root, 'tools/with-node24.mjs'),
  'script.mjs',
  ...args,
];
const env = (root: string) => ({ PATH: join(root, 'path'), NODE24: process.execPath, HOME: root });

function run(root: string, ...args: string[]) {
  return new Promise<{ code: number | string | null | undefined; stdout: string; stderr: string }>(
    (resolve) => {
      execFile(process.execPath, command(root, ...args), { env: env(root) }, (error, stdout, stderr) =>
        resolve({ code: error?.code ?? 0, stdout, stderr }),
      );
    },
  );
}

test('a script gets its arguments and the programs of the packages; its exit code is passed on', async () => {
  const script =
    "console.log(process.argv.slice(2).join(), process.env.PATH.split(':')[0]); process.exit(7);";
  const root = project({ present: installed, script });
  expect(await run(root, 'a', '--b')).toEqual({
    code: 7,
    stdout: `a,--b ${root}/node_modules/.bin\n`,
    stderr: '',
  });
});

test.each([
  ['missing', undefined],
  ['of another version', { 'node_modules/node': { version: '23.0.0' } }],
  ['fewer than wanted', {}],
])('packages are installed when they are %s', async (_, present) => {
  const root = project({
    ...(present === undefined ? {} : { present }),
    npm: installs,
    script: "console.log('ran')",
  });
  const { code, stdout, stderr } = await run(root);
  expect(stderr).toMatch(/^Installing the npm packages \(once\) …\nInstalled the npm packages in \d+ s\.\n$/);
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'ran\n' });
});

test('two at once install once', async () => {
  const root = project({ npm: installs, script: "console.log('ran')" });
  const both = await Promise.all([run(root), run(root)]);
  expect(both.map(({ stdout }) => stdout)).toEqual(['ran\n', 'ran\n']);
  expect(readFileSync(join(root, 'npm-runs'), 'utf8')).toBe('run\n');
});

test('a failed installation shows the output of npm and what to do', async () => {
  const root = project({ npm: 'echo "npm error network" >&2; exit 1', script: "console.log('ran')" });
  const { code, stdout, stderr } = await run(root);
  expect(stderr).toMatch(/npm error network\n`npm ci` failed.*registry/s);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
});

test('without npm it says what to install', async () => {
  const { code, stderr } = await run(project({ script: '' }));
  expect(stderr).toContain('npm is not on PATH. Install Node 20 or later together with npm');
  expect(code).toBe(1);
});

test('a signal reaches the script', async () => {
  const script =
    "process.on('SIGTERM', () => process.exit(9)); console.log('up'); setInterval(() => undefined, 1000);";
  const root = project({ present: installed, script });
  const child = spawn(process.execPath, command(root), {
    env: env(root),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([9, null]);
});

test('the script does not outlive a killed wrapper', async () => {
  const root = project({
    present: installed,
    script: 'console.log(process.pid); setInterval(() => undefined, 1000);',
  });
  const child = spawn(process.execPath, command(root), {
    env: env(root),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [pid] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await expect.poll(() => runs(Number(pid))).toBe(false);
});

/** Whether a process runs; a dead one that nobody has collected yet has no command line. */
function runs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
