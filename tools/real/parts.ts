import { tmpdir } from 'node:os';
import type { Command } from './command.ts';
import { ensureDebianRoot } from './debian-root.ts';
import { debianRootCommand } from './debian-root-command.ts';
import { type Finding, findOnPath } from './find-on-path.ts';
import { type PartName, parts } from './part.ts';

/** The real parts, ready to be started. */
export interface Parts {
  /** Where they are: on this machine's PATH, or in a Debian root at `root`. */
  readonly from: { readonly kind: 'path' } | { readonly kind: 'root'; readonly root: string };
  /**
   * The command that runs a part. Paths in `args` are those of this machine as long as they lie within the project, the folder for
   * temporary files or `cwd`.
   * @param cwd working folder; default: the folder for temporary files
   */
  command(name: PartName, args: readonly string[], cwd?: string): Command;
}

let pending: Promise<Parts> | undefined;

/**
 * Brings the real parts here: from PATH when all that are needed are there and new enough, else from a Debian root made once under the
 * cache folder.
 * @param onProgress is told what goes on, at least every two seconds while something is being installed
 * @throws PartsUnavailable
 */
export function ensureParts(onProgress: (line: string) => void = () => undefined): Promise<Parts> {
  pending ??= bring(onProgress);
  return pending;
}

async function bring(onProgress: (line: string) => void): Promise<Parts> {
  const needed = parts.filter((part) => part.needed);
  const findings = needed.map((part) => ({ part, finding: findOnPath(part) }));
  const lacking = findings.filter(({ finding }) => finding.kind !== 'found');
  if (lacking.length === 0) {
    return {
      from: { kind: 'path' },
      command: (name, args, cwd = tmpdir()) => ({ file: 'env', args: [`--chdir=${cwd}`, name, ...args] }),
    };
  }
  const list = lacking.map(
    ({ part, finding }) => `${part.name} ≥ ${part.atLeast.join('.')} (${describe(finding)})`,
  );
  const root = await ensureDebianRoot(
    {
      name: 'rtpengine, Kamailio and others',
      packages: parts.flatMap((part) => part.debianPackages),
      lacking: `Not on PATH: ${list.join(', ')}. Install them there, or run this as root on Debian or Ubuntu.`,
    },
    onProgress,
  );
  return {
    from: { kind: 'root', root },
    command: (name, args, cwd = tmpdir()) => debianRootCommand(root, name, args, cwd),
  };
}

function describe(finding: Finding): string {
  return finding.kind === 'too old' ? `here is ${finding.version}` : finding.kind;
}
