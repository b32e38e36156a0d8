import type { Command } from 'commander';
import { exitCodes } from '../errors.ts';
import { explainBySidecar } from '../explain/by-sidecar.ts';
import { type Explanation, explain } from '../explain/explain.ts';
import { readSupposed, suppositions } from '../explain/supposed.ts';
import { explanationLines } from '../print/explanation-lines.ts';
import { type Output, writeAnswer } from '../print/output.ts';
import { waitingFor } from '../print/waiting-for.ts';
import { openOrigin } from '../source/open-origin.ts';
import { answeringSidecar } from './answering-sidecar.ts';
import { type AnswerOptions, withAnswer, withExamples } from './options.ts';

interface ExplainArguments extends AnswerOptions {
  readonly listener: string;
  readonly target: string;
  readonly device?: string;
  readonly suppose?: readonly string[];
}

/** `explain --listener karin --target anna`: may she, and which rule, object and field decides. */
export const explainCommand = (command: Command, output: Output, finish: (code: number) => void): Command => {
  command
    .description('May this listener listen to this colleague? Each rule, and the field that decides it.')
    .requiredOption('--listener <user>', 'who listens: name of the User, namespace/name, or number')
    .requiredOption('--target <user>', 'whom: name of the User, namespace/name, fixed number or extension')
    .option('--device <name>', 'device of the listener, or `browser` (default: one that may listen)')
    .option('--suppose <fact...>', `what only a running system knows: ${suppositions.join(', ')}`);
  withExamples(withAnswer(command), [
    [
      'explain --listener karin --target anna',
      'By the objects in the cluster, in the namespace of the context',
    ],
    [
      'explain --listener karin --target 0846500403 -f examples/acme',
      'By a folder of YAML, the target as one dials it',
    ],
    ['explain --listener karin --target bo -o wide', 'What decided the rules that passed, too'],
    ['explain --listener karin --target anna --device karin-app', 'From another device'],
    ['explain --listener karin --target anna --at 2026-06-01T08:00:00Z', 'At another time'],
    ['explain --listener karin --target anna --suppose line-busy', 'While she is in a call of her own'],
    [
      'explain --listener karin --target anna --server https://media-1:8443 --token-file token',
      'What she would be answered now, by a running sidecar',
    ],
    [
      'explain --listener karin --target anna -o json | jq -r .reason',
      'For scripts: the exit code is 1 for a refusal',
    ],
  ]);
  return command.action(async (options: ExplainArguments) => {
    const { lang: language, listener, target, device, company } = options;
    const sidecar = answeringSidecar(options);
    const explanation = await (sidecar === undefined
      ? explainByObjects(options, output)
      : waitingFor(
          output,
          sidecar.name,
          explainBySidecar({ listener, target, device, company }, sidecar, language),
        ));
    writeAnswer(output, options.output, {
      data: explanation,
      lines: (print) => explanationLines(explanation, language, print),
    });
    finish(explanation.verdict === 'allowed' ? exitCodes.yes : exitCodes.no);
  });
};

const explainByObjects = async (options: ExplainArguments, output: Output): Promise<Explanation> => {
  const supposed = readSupposed(options.suppose ?? []);
  const { listener, target, device, at, lang: language } = options;
  const { origin, namespace } = await openOrigin(options, [listener, target], output);
  const asked = { listener, target, device, at: at ?? new Date(), supposed };
  // What the operator has written holds now, and says nothing of another time.
  const asOf = at === undefined ? origin : { ...origin, written: undefined };
  return explain(asked, asOf, { namespace, language });
};
