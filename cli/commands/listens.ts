import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { type FollowParts, followListens, listensNow } from '../listens/follow-listens.ts';
import { nodesNow } from '../nodes/nodes-now.ts';
import { changeHeadings, changeLine, listenLines } from '../print/listen-lines.ts';
import { nodeLines } from '../print/node-lines.ts';
import { type Output, painter, writeAnswer, writeEach } from '../print/output.ts';
import { waitingFor } from '../print/waiting-for.ts';
import { openSidecar } from '../sidecar/sidecar.ts';
import { answers } from '../texts/answers.ts';
import { type LiveOptions, withCompany, withExamples, withLive } from './options.ts';

interface ListensArguments extends LiveOptions {
  readonly watch?: true;
}

/** `listens`: who listens to whom now; `--watch`: as they come and go. */
export const listensCommand = (command: Command, output: Output): Command => {
  command
    .description('Who listens to whom, as far as the bearer of the token may know.')
    .option('-w, --watch', 'go on telling who begins and who ends; with -o json a line each')
    .addHelpText(
      'after',
      `
Whoever listens, or is listened to, is told of that; an administrator of all in the company. A ServiceAccount names the company
(--company) and needs the verb list on listens there. Each media node knows its own listens. Without --server the cluster
is asked, which knows only how many each node has.`,
    );
  withExamples(withLive(withCompany(command)), [
    ['listens --server https://media-1:8443 --token-file token', 'Those that are up on one media node'],
    ['listens --server https://media-1:8443 --token-file token --watch', 'As they come and go'],
    [
      'listens --server https://media-1:8443 --token-file token --company acme -o json',
      'By the token of a ServiceAccount, for scripts',
    ],
    ['listens', 'How many, by what the media nodes say of themselves in the cluster'],
  ]);
  return command.action(async (options: ListensArguments) => {
    const { server, company, tokenFile, lang, watch } = options;
    const words = answers[lang];
    if (server === undefined) {
      if (watch) throw new UsageError('--watch goes with --server: the cluster does not know who listens.');
      const nodes = await waitingFor(output, 'MediaNodes', nodesNow(options));
      const print = (one: Parameters<typeof nodeLines>[2]) => nodeLines(nodes, words, one);
      return writeAnswer(output, options.output, {
        data: nodes,
        lines: (one) => [...print(one), '', words.onlyCounts(nodes.namespace)],
      });
    }
    const sidecar = openSidecar({ server, tokenFile });
    if (watch) return follow({ sidecar, company }, options, output);
    const listens = await waitingFor(output, sidecar.name, listensNow({ sidecar, company }));
    writeAnswer(output, options.output, {
      data: { listens },
      lines: (print) => listenLines(listens, words, print),
    });
  });
};

/** Until it is stopped from outside. @throws Unanswered */
const follow = async (
  of: Pick<FollowParts, 'sidecar' | 'company'>,
  { output: format, lang }: ListensArguments,
  output: Output,
): Promise<void> => {
  const words = answers[lang];
  const { stdout, stderr } = output;
  const paint = painter(stdout);
  const parts: FollowParts = {
    ...of,
    wait: (ms) => wait(ms),
    onLost: (why) => stderr.write(`${painter(stderr)('yellow', words.lost)} ${why}\n`),
    now: () => new Date(),
  };
  let isFirst = true;
  for await (const changes of followListens(parts)) {
    const headings = isFirst ? [changeHeadings(words)] : [];
    isFirst = false;
    writeEach(output, format, {
      data: changes,
      lines: [...headings, ...changes.map((change) => changeLine(change, words, { paint }))],
    });
  }
};
