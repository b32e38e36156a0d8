import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { parts as knownParts, type PartName, versionIn } from '@medlyssning/tools/real/part.ts';
import type { Parts } from '@medlyssning/tools/real/parts.ts';
import { runToEnd } from '@medlyssning/tools/real/run-to-end.ts';

/** What the figures were measured on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** GiB. */
  readonly memory: number;
  /** `Linux 6.1.0 x64` */
  readonly kernel: string;
  readonly node: string;
  /** `undefined` where no bench needed it. */
  readonly rtpengine: string | undefined;
  readonly kamailio: string | undefined;
  /** Processes that wanted to run, on average over the minute before. */
  readonly loadBefore: number;
}

/** Reads what there is to say of this machine. `parts`: where a bench needs them. */
export const readMachine = async (parts: Parts | undefined): Promise<Machine> => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memory: Math.round(totalmem() / 2 ** 30),
  kernel: `${type()} ${release()} ${arch()}`,
  node: process.version,
  rtpengine: parts && (await versionOf(parts, 'rtpengine')),
  kamailio: parts && (await versionOf(parts, 'kamailio')),
  loadBefore: loadavg()[0] ?? Number.NaN,
});

async function versionOf(parts: Parts, name: PartName): Promise<string> {
  const part = knownParts.find((one) => one.name === name);
  if (!part) return 'unknown';
  const { output } = await runToEnd(parts.command(name, part.versionArgs));
  return versionIn(part, output)?.join('.') ?? 'unknown';
}
