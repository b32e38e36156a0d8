/**
 * Runs a script of this project with the project's own Node 24, from any Node ≥ 20: `node tools/with-node24.mjs SCRIPT [args]`.
 * The npm packages are installed first when they are missing or not those of package-lock.json. Plain JavaScript without
 * dependencies, since it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { constants, tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const node24 = join(root, 'node_modules', 'node', 'bin', 'node');
const [script, ...args] = process.argv.slice(2);

if (script === undefined) fail('Usage: node tools/with-node24.mjs SCRIPT [args]');
else if (script === '--install') process.exitCode = isInstalled() ? 0 : install();
else {
  if (!isInstalled()) await installAlone();
  run(script, args);
}

/** Whether node_modules holds what package-lock.json says; contents are compared, since a checkout changes times. */
function isInstalled() {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined)
    fail('package-lock.json cannot be read. Restore it with `git checkout package-lock.json`.');
  if (present === undefined || !existsSync(node24)) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    // A workspace's own manifest is read where it stands; what it depends on has entries of its own.
    if (!path.includes('node_modules/')) return true;
    return present[path] === undefined ? entry.optional === true : isDeepStrictEqual(present[path], entry);
  });
}

/** The entries of a lock file, or undefined when it is missing or half-written. */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Installs under a lock that ends with its holder, so that two runs at once do not delete each other's packages. */
async function installAlone() {
  const started = Date.now();
  const since = () => `${Math.round((Date.now() - started) / 1000)} s`;
  tell('Installing the npm packages (once) …');
  const ticking = setInterval(() => tell(`Installing the npm packages … ${since()}`), 5000);
  const id = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const lock = join(tmpdir(), `medlyssning-npm-${userInfo().uid}-${id}.lock`);
  const again = [process.execPath, fileURLToPath(import.meta.url), '--install'];
  const hasFlock = spawnSync('flock', ['--version'], { stdio: 'ignore' }).status === 0;
  const [file, ...rest] = hasFlock ? ['flock', lock, ...again] : again;
  const code = await new Promise((resolve) => {
    spawn(file, rest, { stdio: 'inherit' }).once('exit', (code) => resolve(code ?? 1));
  });
  clearInterval(ticking);
  if (code !== 0) process.exit(code);
  if (!isInstalled())
    fail(
      `npm ci ended well, but the packages are not those of package-lock.json. Delete ${root}node_modules and try again.`,
    );
  tell(`Installed the npm packages in ${since()}.`);
}

/** @returns {number} exit code */
function install() {
  // Whatever this user's npm is set to: the toolchain is a development dependency, and Node 24 arrives by an install script.
  const options = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
  ];
  const { error, status, stdout, stderr } = spawnSync('npm', options, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error?.code === 'ENOENT')
    return fail('npm is not on PATH. Install Node 20 or later together with npm, then try again.');
  if (status === 0) return 0;
  process.stderr.write(`${stdout}${stderr}${error === undefined ? '' : `${error.message}\n`}`);
  return fail(
    '`npm ci` failed; its output is above. Check that the npm registry is reached (`npm ping`), then try again.',
  );
}

/** Becomes, as nearly as a parent can, the script: same input and output, signals, exit code; and it dies with us. */
function run(script, args) {
  const hasSetpriv = spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0;
  const command = [node24, join(root, script), ...args];
  const [file, ...rest] = hasSetpriv ? ['setpriv', '--pdeathsig', 'KILL', ...command] : command;
  const env = {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH ?? ''}`,
  };
  const child = spawn(file, rest, { stdio: 'inherit', env });
  child.once('error', (error) =>
    process.exit(fail(`Node 24 could not be started: ${error.message}. Delete node_modules and try again.`)),
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the child too; twice would mean "at once".
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

function tell(line) {
  process.stderr.write(`${line}\n`);
}

/** Says what is wrong and what to do. */
function fail(message) {
  tell(message);
  process.exitCode = 1;
  return 1;
}
