import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tieOfThisUser } from './enclosure.ts';
import { folderOfStandIns } from './stand-ins.fixture.ts';

/**
 * As mmdebstrap: runs the hooks of the setup with the root, fetches what does not lie in apt's folder of archives, one package after the
 * other, installs, and empties that folder. Tells in `log` what it fetched; at the package `waits` it stays until the gate is there, at
 * `fails` it ends; a package that is damaged cannot be installed.
 */
const mmdebstrap = `for argument; do case $argument in
  --include=*) packages=$(echo "\${argument#*=}" | tr , ' ');;
  --setup-hook=*) hook=\${argument#*=};;
  --*) ;;
  /*) target=$argument;;
esac; done
archives=$target/var/cache/apt/archives
mkdir -p "$target/etc"
[ -z "$hook" ] || sh -c "$hook" exec "$target" || exit 1
mkdir -p "$archives/partial"
for package in $packages; do
  if [ "$package" = waits ]; then
    echo waiting >> "$STAND_INS/log"
    while [ ! -e "$STAND_INS/gate" ]; do sleep 0.05; done
  fi
  if [ "$package" = fails ]; then echo 'E: Failed to fetch http://mirror.example/fails.deb' >&2; exit 100; fi
  [ -e "$archives/$package.deb" ] && continue
  echo "$package" >> "$STAND_INS/log"
  echo whole > "$archives/$package.deb"
done
for package in $packages; do
  if ! grep -q whole "$archives/$package.deb"; then echo "E: $package.deb is damaged" >&2; exit 100; fi
  mv "$archives/$package.deb" "$target/$package"
done`;

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medlyssning-root-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

const parts = () => join(folder, 'medlyssning', 'parts');
const parted = () => (existsSync(parts()) ? readdirSync(parts()) : []);
const log = () =>
  (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '').split('\n').slice(0, -1);
const openGate = () => writeFileSync(join(folder, 'gate'), '');

interface Run {
  readonly child: ChildProcess;
  /** What it said, when it has ended. */
  readonly said: Promise<string>;
}

/** Another process that installs these. */
function install(
  packages: readonly string[],
  standIns: Readonly<Record<string, string>> = { mmdebstrap },
): Run {
  const bin = join(folder, 'bin');
  if (!existsSync(bin)) folderOfStandIns(bin, standIns);
  const program = join(import.meta.dirname, 'ensure-debian-root.program.ts');
  const child = spawn(process.execPath, [program, ...packages], {
    env: { ...process.env, PATH: bin, XDG_CACHE_HOME: folder, STAND_INS: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { child, said: once(child, 'close').then(() => text) };
}

const rootIn = (said: string): string => /^root: (.*)$/m.exec(said)?.[1] ?? `none: ${said}`;

describe.runIf(process.getuid?.() === 0 && tieOfThisUser() === 'namespace')('a Debian root', () => {
  test('after a kill -9 in the middle the next run makes a whole one, of the packages that were fetched', async () => {
    const first = install(['one', 'two', 'waits', 'three']);
    await expect.poll(log, { timeout: 10_000 }).toEqual(['one', 'two', 'waiting']);
    first.child.kill('SIGKILL');
    await first.said;
    const [partial = ''] = parted().filter((name) => name.endsWith('.partial'));
    writeFileSync(join(parts(), partial, 'half'), '');
    openGate();

    const root = rootIn(await install(['one', 'two', 'waits', 'three']).said);
    expect(log()).toEqual(['one', 'two', 'waiting', 'waiting', 'waits', 'three']);
    expect(readdirSync(root).toSorted()).toEqual(['etc', 'one', 'three', 'two', 'var', 'waits']);
    expect(readFileSync(join(root, 'etc/hosts'), 'utf8')).toContain('127.0.0.1\tlocalhost');
    expect(
      parted()
        .map((name) => name.replace(/^forky-\w+/, ''))
        .toSorted(),
    ).toEqual(['', '.lock']);
  });

  test('of two at once one makes it, the other says that it waits, and both have it', async () => {
    const first = install(['waits']);
    await expect.poll(log, { timeout: 10_000 }).toEqual(['waiting']);
    const second = install(['waits']);
    await once(second.child.stdout ?? second.child, 'data');
    openGate();
    const said = await Promise.all([first.said, second.said]);
    expect(said[1]).toContain(
      'progress: Installing them (once): waiting for another run that installs them\n',
    );
    expect(existsSync(join(rootIn(said[0]), 'waits'))).toBe(true);
    expect(rootIn(said[1])).toBe(rootIn(said[0]));
    expect(log()).toEqual(['waiting', 'waits']);
  });

  test('where it cannot be made the error says what failed, what to do and what was said last, and nothing passes for whole', async () => {
    expect(await install(['one', 'fails']).said).toMatch(
      /^PartsUnavailable: mmdebstrap could not make a Debian forky root in \/.*\.partial\. Check that this machine reaches its Debian mirror and has 2 GB of free disk, then try again\. Its last lines:\n.*E: Failed to fetch http:\/\/mirror\.example\/fails\.deb\n$/s,
    );
    expect(parted().filter((name) => /^forky-\w+$/.test(name))).toEqual([]);
  });

  test('a package that was damaged when it was kept is not kept again', async () => {
    const first = install(['one', 'waits']);
    await expect.poll(log, { timeout: 10_000 }).toEqual(['one', 'waiting']);
    first.child.kill('SIGKILL');
    await first.said;
    const [partial = ''] = parted().filter((name) => name.endsWith('.partial'));
    writeFileSync(join(parts(), partial, 'var/cache/apt/archives/one.deb'), '\0\0\0\0\0');
    openGate();
    expect(await install(['one', 'waits']).said).toContain('one.deb is damaged');
    expect(existsSync(join(rootIn(await install(['one', 'waits']).said), 'one'))).toBe(true);
  });

  test('mmdebstrap is installed first where there is only apt-get', async () => {
    const aptGet = `echo "apt-get $*" >> "$STAND_INS/log"
[ "$1" = install ] && mv "$STAND_INS/mmdebstrap" "$STAND_INS/bin/mmdebstrap"
exit 0`;
    writeFileSync(join(folder, 'mmdebstrap'), `#!/bin/sh\n${mmdebstrap}\n`, { mode: 0o755 });
    const root = rootIn(await install(['one'], { 'apt-get': aptGet }).said);
    expect(existsSync(join(root, 'one'))).toBe(true);
    expect(log().filter((line) => !line.includes('indextargets'))).toEqual([
      'apt-get update -q',
      'apt-get install -q -y --no-install-recommends mmdebstrap debian-archive-keyring',
      'one',
    ]);
  });
});
