import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '@medlyssning/tools/cluster/cluster.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { answersNg } from '@medlyssning/tools/real/probes.ts';
import { type RunningProcess, startProcess } from '@medlyssning/tools/real/process.ts';
import { mediaPorts } from './platform-values.ts';

const install = join(import.meta.dirname, '..', '..', '..', 'docs', 'install.md');

/**
 * Starts an rtpengine as its owner has one on a machine that is a node of Kubernetes: in no pod, at the node's addresses, and with
 * what docs/install.md asks for, word for word.
 */
export const startOwnersEngine = async ({ network, onNetwork }: Cluster): Promise<RunningProcess> => {
  const parts = await ensureParts();
  const args = [
    ...['--config-file=none', '--foreground', '--log-stderr', '--table=-1', '--delete-delay=0'],
    ...[`--interface=${network.node}`, `--listen-ng=${network.node}:${mediaPorts.ng}`],
    ...['--port-min=40000', '--port-max=49999'],
    ...(await optionsForAttached()),
  ];
  return startProcess({
    name: 'rtpengine of an owner',
    command: onNetwork(parts.command('rtpengine', args)),
    ready: { probe: () => answersNg(network.node, mediaPorts.ng) },
  });
};

const optionsForAttached = async (): Promise<readonly string[]> => {
  const section = /\n### Attached to an rtpengine[\s\S]*?\n```\n([\s\S]*?)\n```\n/.exec(
    await readFile(install, 'utf8'),
  );
  const options = section?.[1]?.split(/\s+/) ?? [];
  if (!options.some((option) => option.startsWith('--homer=')))
    throw new Error('docs/install.md does not say which options an rtpengine needs to be attached to.');
  return options;
};
