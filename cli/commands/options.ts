import type { Language } from '@medlyssning/policy';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Format, formats } from '../print/output.ts';

/** What every command that answers by objects takes. */
export interface SourceOptions {
  readonly filename?: string;
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
}

/** What every command that a running sidecar can answer takes. */
export interface ServerOptions {
  readonly server?: string;
  readonly tokenFile?: string;
  readonly company?: string;
}

export interface OutputOptions {
  readonly output?: Format;
}

/** What the questions about the rules take: folder, cluster or running sidecar; when; how it is told. */
export interface AnswerOptions extends SourceOptions, ServerOptions, OutputOptions {
  readonly at?: Date;
  readonly lang: Language;
}

export const withSource = (command: Command): Command =>
  command
    .option('-f, --filename <path>', 'ask a folder of YAML, or one file, in place of the cluster')
    .option('-n, --namespace <name>', 'namespace of the company (default: that of the context)');

export const withCluster = (command: Command): Command =>
  command
    .option('--context <name>', 'context of the kubeconfig')
    .option('--kubeconfig <file>', 'kubeconfig (default: as kubectl)');

export const withToken = (command: Command): Command =>
  command
    .option('--server <url>', 'ask the HTTP API of this running media sidecar')
    .option('--token-file <file>', 'token for it (default: the one in MEDLYSSNING_TOKEN)');

export const withCompany = (command: Command): Command =>
  command.option('--company <name>', "with a ServiceAccount's token: the company it is about");

export const withOutput = (command: Command): Command =>
  command.addOption(new Option('-o, --output <format>', 'format of the answer').choices(formats));

export const withLanguage = (command: Command): Command =>
  command.addOption(
    new Option('--lang <language>', 'language of sentences').choices(['en', 'sv']).default('en'),
  );

export const withAnswer = (command: Command): Command =>
  withLanguage(withOutput(withCompany(withToken(withCluster(withSource(command)))))).option(
    '--at <time>',
    'when the call begins and the listener asks (default: now)',
    readTime,
  );

/** What questions about the running system take: a sidecar, or the cluster that knows how many. */
export interface LiveOptions extends Omit<SourceOptions, 'filename'>, ServerOptions, OutputOptions {
  readonly lang: Language;
}

export const withLive = (command: Command): Command =>
  withLanguage(withOutput(withCluster(withToken(command)))).option(
    '-n, --namespace <name>',
    'without --server: where the media nodes are (medlyssning-system)',
  );

/** A moment as RFC 3339 writes it. */
export const readTime = (text: string): Date => {
  const time = new Date(text);
  if (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) &&
    /(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
    !Number.isNaN(time.getTime())
  )
    return time;
  throw new InvalidArgumentError('Write a time like 2026-01-31T08:00:00Z.');
};

/** Examples below the help of a command. */
export const withExamples = (
  command: Command,
  examples: readonly (readonly [line: string, says: string])[],
): Command =>
  command.addHelpText(
    'after',
    () =>
      `\nExamples:\n${examples.map(([line, says]) => `  # ${says}\n  ${programOf(command)} ${line}`).join('\n\n')}`,
  );

const programOf = (command: Command): string => {
  let top = command;
  while (top.parent) top = top.parent;
  return top.name();
};
