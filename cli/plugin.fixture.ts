import { join } from 'node:path';
import { debianRootCommand } from '@medlyssning/tools/real/debian-root-command.ts';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { type Outcome, runToEnd } from '@medlyssning/tools/real/run-to-end.ts';

const root = join(import.meta.dirname, '..');
/** Where `npm ci` puts the Node that our programs run by. */
const ofNode = join(root, 'node_modules', '.bin');

/** Runs the real kubectl with our programs of this folder on PATH, so that it finds its plugin. */
export const kubectlWithPlugin = async (
  programs: string,
  args: readonly string[],
  kubeconfig: string,
): Promise<Outcome> => {
  const { from } = await ensureParts();
  const path = `${programs}:${ofNode}:${from.kind === 'path' ? process.env['PATH'] : '/usr/bin:/bin'}`;
  // What this machine trusts besides is not there in another root, and Node would say so.
  const words = [
    '--unset=NODE_EXTRA_CA_CERTS',
    `KUBECONFIG=${kubeconfig}`,
    `PATH=${path}`,
    'NO_COLOR=1',
    'kubectl',
    ...args,
  ];
  const command =
    from.kind === 'path' ? { file: 'env', args: words } : debianRootCommand(from.root, 'env', words, root);
  return runToEnd(command, { keepLines: 1_000 });
};
