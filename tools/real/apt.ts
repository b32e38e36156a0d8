import { spawnSync } from 'node:child_process';

/**
 * The Debian mirror this machine's own apt uses, so that proxies, caches and private mirrors are honoured. Undefined where apt has
 * none (Ubuntu): mmdebstrap then knows where Debian is.
 */
export function debianMirror(): string | undefined {
  return mainDebianMirror(
    ask('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']),
  );
}

/** Among apt's repository addresses, one per line, the one that is Debian's main archive. */
export function mainDebianMirror(addresses: string): string | undefined {
  return addresses.split('\n').find((address) => /\/debian\/?$/.test(address));
}

/**
 * The settings by which this machine's apt fetches: proxies, retries, timeouts and how stale an index may be. Others are left out,
 * since they speak of this machine's files.
 */
export function fetchSettings(): string {
  return keptSettings(ask('apt-config', ['dump']));
}

/** Of `apt-config dump`, the lines that matter for fetching and that set something. */
export function keptSettings(dump: string): string {
  const kept = /^Acquire::(?:https?|Retries|Check-Valid-Until|Check-Date|ForceIPv4|Queue-Mode)\b.* "[^"]+";$/;
  return dump
    .split('\n')
    .filter((line) => kept.test(line))
    .map((line) => `${line}\n`)
    .join('');
}

function ask(file: string, args: readonly string[]): string {
  const { stdout, error } = spawnSync(file, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  return error === undefined ? stdout : '';
}
