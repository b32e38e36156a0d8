import { createCompilerOfAll, type Problem, problemText } from '@medlyssning/policy';
import type { Command } from 'commander';
import { exitCodes } from '../errors.ts';
import { type Output, type Print, writeAnswer } from '../print/output.ts';
import { printable } from '../print/printable.ts';
import { nameOf } from '../source/origin.ts';
import { type ReadFolder, readFolder } from '../source/read-folder.ts';
import { type OutputOptions, withExamples, withOutput } from './options.ts';

/** What is wrong only together with other objects: the API server takes it, and the operator says so in `Ready`. */
interface Conflict {
  readonly object: string;
  readonly place: string;
  readonly reason: string;
  readonly message: string;
}

interface Validation {
  readonly valid: boolean;
  readonly objects: number;
  /** What the API server would refuse. */
  readonly problems: readonly Problem[];
  readonly conflicts: readonly Conflict[];
}

/** `validate DIR`: as the API server would, and what the operator would say after it. */
export const validateCommand = (
  command: Command,
  output: Output,
  finish: (code: number) => void,
): Command => {
  command
    .description('Checks YAML as the API server would, and what its objects say about each other.')
    .argument('<path>', 'folder of YAML, with its subfolders, or one file')
    .addHelpText(
      'after',
      `
What the API server would refuse is an error, and the exit code is 1. What it would take and the operator would report
(a number that two claim, a user who does not exist) is a warning: that object fails closed, the rest goes on.`,
    );
  withExamples(withOutput(command), [
    ['validate examples/acme', 'Before it is applied, or committed'],
    ['validate examples/acme -o json | jq .problems', 'For scripts'],
  ]);
  return command.action(async (path: string, options: OutputOptions) => {
    const validation = validate(await readFolder(path), new Date());
    writeAnswer(output, options.output, {
      data: validation,
      lines: (print) => validationLines(validation, path, print),
    });
    finish(validation.valid ? exitCodes.yes : exitCodes.no);
  });
};

const validate = ({ parsed, origin }: ReadFolder, now: Date): Validation => {
  const { statuses } = createCompilerOfAll()(origin.resources, now);
  const conflicts = origin.resources.flatMap((resource): readonly Conflict[] => {
    const ready = statuses.get(nameOf(resource))?.conditions?.find(({ type }) => type === 'Ready');
    if (ready?.status !== 'False') return [];
    const place = origin.placeOf(resource, ['metadata', 'name']) ?? '';
    return [{ object: nameOf(resource), place, reason: ready.reason, message: ready.message }];
  });
  const { problems } = parsed;
  return { valid: problems.length === 0, objects: origin.resources.length, problems, conflicts };
};

const validationLines = (
  { valid, objects, problems, conflicts }: Validation,
  path: string,
  { paint }: Print,
): readonly string[] => [
  ...problems.map((problem) => `${paint('red', 'error')}    ${printable(problemText(problem))}`),
  ...conflicts.map(
    ({ object, place, reason, message }) =>
      `${paint('yellow', 'warning')}  ${object}: ${reason}: ${printable(message)} (${place})`,
  ),
  valid
    ? `${paint('green', '✓')} ${counted(objects, 'object')} in ${path} would be taken${conflicts.length > 0 ? `, ${counted(conflicts.length, 'warning')}` : ''}.`
    : `${paint('red', '✗')} ${counted(problems.length, 'error')}, ${counted(conflicts.length, 'warning')}; ${counted(objects, 'object')} in ${path} would be taken.`,
];

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
