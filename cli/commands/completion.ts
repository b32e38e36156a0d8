import { Argument, type Command } from 'commander';
import { complete } from '../completion/complete.ts';
import { offersFor } from '../completion/offers.ts';
import { scripts } from '../completion/scripts.ts';
import type { Output } from '../print/output.ts';

/** What cobra calls ShellCompDirectiveNoFileComp and ShellCompDirectiveNoSpace. */
const noFiles = 4;
const noSpace = 2;

/** `completion bash`: the script for a shell. */
export const completionCommand = (command: Command, { stdout }: Output): Command =>
  command
    .description('Prints the completion script of a shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(scripts)))
    .addHelpText(
      'after',
      `
Examples:
  # In ~/.bashrc
  source <(medlyssning completion bash)

  # In ~/.zshrc, below compinit
  source <(medlyssning completion zsh)

  # In ~/.config/fish/config.fish
  medlyssning completion fish | source

kubectl (1.26 or later) completes kubectl medlyssning by itself, with kubectl_complete-medlyssning on PATH.`,
    )
    .action((shell: keyof typeof scripts) => {
      stdout.write(`${scripts[shell]}\n`);
    });

/** `complete -- WORDS`, for these scripts and for kubectl, in the protocol of cobra: a candidate a line, a tab, what it is; a number. */
export const completeCommand = (command: Command, { stdout }: Output): Command =>
  command.argument('[words...]').action(async (words: readonly string[]) => {
    const { parent } = command;
    const found = parent ? complete(parent, words, await offersFor(words)) : [];
    const directive =
      found.length > 0 && found.every(({ value }) => value.endsWith('/')) ? noFiles | noSpace : noFiles;
    const lines = found.map(({ value, description }) => `${value}\t${description}\n`);
    stdout.write(`${lines.join('')}:${directive}\n`);
  });
