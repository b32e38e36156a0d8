import { Command, CommanderError } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { callsCommand } from './commands/calls.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { explainCommand } from './commands/explain.ts';
import { listensCommand } from './commands/listens.ts';
import { profileCommand } from './commands/profile.ts';
import { validateCommand } from './commands/validate.ts';
import { whoCanListenCommand } from './commands/who-can-listen.ts';
import { exitCodes, Unanswered, UsageError } from './errors.ts';
import { type Output, painter } from './print/output.ts';

/** Who starts the program: a shell, or kubectl as a plugin of it. */
export type ProgramName = 'medlyssning' | 'kubectl medlyssning';

const description = [
  'Supervised listening: who may listen to whom, and why not; who listens, and the record of it.',
  'Answers by the objects in a cluster, as kubectl finds it, or in a folder of YAML (--filename), or asks a running media sidecar (--server).',
  'Exit codes: 0 yes, done; 1 no: refused, nobody, invalid; 2 the command line cannot be used; 3 no answer could be had.',
].join('\n\n');

/** Runs a command line, given without program. Never throws: resolves to the exit code. */
export const run = async (args: readonly string[], name: ProgramName, output: Output): Promise<number> => {
  let code: number = exitCodes.yes;
  const program = makeProgram(name, output, (finished) => {
    code = finished;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return codeOf(error, output);
  }
};

const makeProgram = (name: ProgramName, output: Output, finish: (code: number) => void): Command => {
  const program = new Command(name)
    .description(description)
    .exitOverride()
    .showHelpAfterError('(--help tells more)')
    .configureOutput({
      writeOut: (text) => output.stdout.write(text),
      writeErr: (text) => output.stderr.write(text),
      outputError: (text, write) => write(painter(output.stderr)('red', text)),
    });
  validateCommand(program.command('validate'), output, finish);
  explainCommand(program.command('explain'), output, finish);
  whoCanListenCommand(program.command('who-can-listen'), output, finish);
  listensCommand(program.command('listens'), output);
  callsCommand(program.command('calls'), output, finish);
  profileCommand(program.command('profile'), output);
  auditCommand(program.command('audit'), output, finish);
  completionCommand(program.command('completion'), output);
  completeCommand(program.command('complete', { hidden: true }), output);
  return program;
};

/** Tells of an error, and how grave it is. */
const codeOf = (error: unknown, { stderr }: Output): number => {
  // Commander has told of it already; asked for help it throws, too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.yes : exitCodes.usage;
  const isKnown = error instanceof UsageError || error instanceof Unanswered;
  const text = isKnown
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  stderr.write(`${painter(stderr)('red', 'error:')} ${text}\n`);
  return error instanceof UsageError ? exitCodes.usage : exitCodes.unanswered;
};
