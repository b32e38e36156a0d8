import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianMirror, fetchSettings } from './apt.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Command } from './command.ts';
import { tieOfThisUser } from './enclosure.ts';
import { isOnPath } from './find-on-path.ts';
import { InstallProgress } from './install-progress.ts';
import { KeptPackages } from './kept-packages.ts';
import { holdLock } from './lock.ts';
import { PartsUnavailable } from './parts-unavailable.ts';
import { runToEnd } from './run-to-end.ts';

/** The Debian release that has every part in a version that will do. */
const suite = 'forky';

export interface DebianRootOptions {
  /** What it is for, as people are told. */
  readonly name: string;
  readonly packages: readonly string[];
  /** Sentences on what is not here already and what else would do, for where no root can be made. */
  readonly lacking?: string;
}

/** Where the root with these packages is, or will be. */
export function debianRootFor(packages: readonly string[]): string {
  const id = createHash('sha256')
    .update([suite, ...packages].join(' '))
    .digest('hex')
    .slice(0, 12);
  return join(cacheFolder(), 'parts', `${suite}-${id}`);
}

/** Why this user on this machine cannot make or enter a Debian root, or undefined when that may work. */
export function whyNoDebianRoot(): string | undefined {
  if (process.getuid?.() !== 0)
    return 'this user is not root, and only root can make and enter a Debian root';
  if (tieOfThisUser() === 'signal')
    return 'this container may make no namespaces (start it with --privileged)';
  if (!isOnPath('mmdebstrap') && !isOnPath('apt-get')) return 'there is neither mmdebstrap nor apt-get here';
  return undefined;
}

/**
 * Makes a Debian root with these packages unless it is there. One run makes it, others wait for it. It is made under another name
 * and renamed when complete, so an interrupted installation is never taken for a whole one: the next run installs anew, of the packages
 * that the first one had fetched. When that fails it fetches them again, lest one that is damaged be taken for ever.
 * @param onProgress is told what goes on, at least every two seconds while it is made
 * @returns its folder
 * @throws PartsUnavailable
 */
export async function ensureDebianRoot(
  { name, packages, lacking }: DebianRootOptions,
  onProgress: (line: string) => void,
): Promise<string> {
  const obstacle = whyNoDebianRoot();
  if (obstacle !== undefined) {
    const why = `Installing ${name} apart from this system is not possible: ${obstacle}.`;
    throw new PartsUnavailable(lacking === undefined ? why : `${lacking} ${why}`);
  }
  const root = debianRootFor(packages);
  if (existsSync(root)) return root;
  const say = (line: string) => onProgress(`Installing ${name} (once): ${line}`);
  using _lock = await holdLock(`${root}.lock`, () => say('waiting for another run that installs them'));
  if (existsSync(root)) return root;

  const progress = new InstallProgress();
  const started = Date.now();
  const tell = () => say(`${progress.text()} (${Math.round((Date.now() - started) / 1000)} s)`);
  const ticking = setInterval(tell, 2000);
  const partial = `${root}.partial`;
  const kept = new KeptPackages(`${root}.packages`);
  try {
    kept.takeFrom(partial);
    const resumes = kept.count > 0;
    await removeRoot(partial);
    if (!isOnPath('mmdebstrap')) await installMmdebstrap((line) => progress.take(line));
    const how = ['--variant=apt', ...kept.options()];
    await bootstrap(partial, packages, (line) => progress.take(line), how).catch(async (failure) => {
      if (resumes) await removeRoot(partial);
      throw failure;
    });
    writeFileSync(join(partial, 'etc/hosts'), '127.0.0.1\tlocalhost\n::1\tlocalhost\n');
    renameSync(partial, root);
    kept.remove();
  } finally {
    clearInterval(ticking);
  }
  return root;
}

async function removeRoot(root: string): Promise<void> {
  const remove = { file: 'rm', args: ['-rf', '--one-file-system', root] };
  await step(`${root} could not be removed`, remove, () => undefined);
}

/**
 * Unpacks these Debian packages and what they depend on into a folder, without running anything of theirs: for images.
 * @returns what was unpacked, as `name_version_architecture` each, in the spelling of archives (`%3a` for a colon)
 * @throws PartsUnavailable
 */
export async function extractDebianPackages(
  target: string,
  packages: readonly string[],
): Promise<readonly string[]> {
  const unpacked: string[] = [];
  const onLine = (line: string) => {
    const [, name] = /^UNPACKED (\S+)\.deb$/.exec(line) ?? [];
    if (name !== undefined) unpacked.push(name);
  };
  if (!isOnPath('mmdebstrap')) await installMmdebstrap(onLine);
  const list = `find "$1"/var/cache/apt/archives -name '*.deb' -printf 'UNPACKED %f\\n'`;
  await bootstrap(target, packages, onLine, ['--variant=extract', `--extract-hook=${list}`]);
  return unpacked.toSorted();
}

async function installMmdebstrap(onLine: (line: string) => void): Promise<void> {
  await step('apt-get could not refresh its lists', { file: 'apt-get', args: ['update', '-q'] }, onLine);
  const packages = ['mmdebstrap', 'debian-archive-keyring'];
  const install = { file: 'apt-get', args: ['install', '-q', '-y', '--no-install-recommends', ...packages] };
  await step('apt-get could not install mmdebstrap', install, onLine);
}

async function bootstrap(
  target: string,
  packages: readonly string[],
  onLine: (line: string) => void,
  how: readonly string[],
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-apt-'));
  const settings = join(folder, 'apt.conf');
  writeFileSync(settings, fetchSettings());
  const mirror = debianMirror();
  const options = [
    '--verbose',
    ...how,
    `--include=${packages.join(',')}`,
    `--aptopt=${settings}`,
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--dpkgopt=force-unsafe-io',
    '--dpkgopt=path-exclude=/usr/share/man/*',
    '--dpkgopt=path-exclude=/usr/share/doc/*/*',
    '--dpkgopt=path-include=/usr/share/doc/*/copyright',
  ];
  try {
    const args = [...options, suite, target, ...(mirror === undefined ? [] : [mirror])];
    await step(
      `mmdebstrap could not make a Debian ${suite} root in ${target}`,
      privateMounts({ file: 'mmdebstrap', args }),
      onLine,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** mmdebstrap mounts /proc, /sys and /dev in the root and cannot unmount them when it is killed; here they go with their namespace. */
function privateMounts({ file, args }: Command): Command {
  return { file: 'unshare', args: ['--mount', '--propagation', 'private', file, ...args] };
}

async function step(failure: string, command: Command, onLine: (line: string) => void): Promise<void> {
  const { ok, output } = await runToEnd(command, { onLine });
  if (!ok) {
    throw new PartsUnavailable(
      `${failure}. Check that this machine reaches its Debian mirror and has 2 GB of free disk, then try again. Its last lines:\n${output}`,
    );
  }
}
