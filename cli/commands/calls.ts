import type { Command } from 'commander';
import { callsSeen } from '../calls/calls-seen.ts';
import { exitCodes } from '../errors.ts';
import { nodesNow } from '../nodes/nodes-now.ts';
import { callLines } from '../print/call-lines.ts';
import { nodeLines } from '../print/node-lines.ts';
import { type Output, writeAnswer } from '../print/output.ts';
import { waitingFor } from '../print/waiting-for.ts';
import { openSidecar } from '../sidecar/sidecar.ts';
import { answers } from '../texts/answers.ts';
import { type LiveOptions, withExamples, withLive } from './options.ts';

/** `calls`: which colleagues are in a call, from a sidecar; how many calls each media node has, from the cluster. */
export const callsCommand = (command: Command, output: Output, finish: (code: number) => void): Command => {
  command
    .description(
      'Which colleagues are in a call, and whom of them one may listen to; or how many calls there are.',
    )
    .addHelpText(
      'after',
      `
With --server: the calls of colleagues, as far as an attempt to listen would tell the one who signed in. Never who the
customers are, and nothing for ServiceAccounts. Without --server: what the media nodes of the cluster say of themselves.`,
    );
  withExamples(withLive(command), [
    ['calls --server https://media-1:8443 --token-file token', 'Colleagues who are in a call'],
    ['calls --server https://media-1:8443 --token-file token -o wide --lang sv', 'And why not, in Swedish'],
    ['calls', 'How many, by what the media nodes say of themselves in the cluster'],
  ]);
  return command.action(async (options: LiveOptions) => {
    const { server, tokenFile, lang } = options;
    const words = answers[lang];
    if (server === undefined) {
      const nodes = await waitingFor(output, 'MediaNodes', nodesNow(options));
      return writeAnswer(output, options.output, {
        data: nodes,
        lines: (print) => nodeLines(nodes, words, print),
      });
    }
    const sidecar = openSidecar({ server, tokenFile });
    const calls = await waitingFor(output, sidecar.name, callsSeen(sidecar));
    writeAnswer(output, options.output, { data: calls, lines: (print) => callLines(calls, words, print) });
    finish(calls.hidden?.all ? exitCodes.no : exitCodes.yes);
  });
};
