import type { Command, Option } from 'commander';

/** Something a word could become. */
export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** What may stand for an argument or an option of that name, given the word so far. */
export type Offers = (name: string, word: string) => readonly Candidate[];

/** What the last of these words, which stand behind the program's name, could become. */
export const complete = (
  program: Command,
  words: readonly string[],
  offers: Offers,
): readonly Candidate[] => {
  // bash hands `--listener=ka` over in three words.
  const all = words.filter((word) => word !== '=');
  const before = all.slice(0, -1);
  const last = all.at(-1) ?? '';
  const [, flag = '', value] = /^(--[^=]+)=(.*)$/.exec(last) ?? [];
  const candidates =
    value === undefined
      ? candidatesFor(program, before, last, offers)
      : candidatesFor(program, [...before, flag], value, offers);
  const prefix = value === undefined ? '' : `${flag}=`;
  return candidates
    .filter((one) => one.value.startsWith(value ?? last))
    .map((one) => ({ ...one, value: `${prefix}${one.value}` }));
};

const candidatesFor = (
  program: Command,
  before: readonly string[],
  word: string,
  offers: Offers,
): readonly Candidate[] => {
  const command = program.commands.find((one) => one.name() === before[0]);
  if (!command) return before.length === 0 ? commandsOf(program) : [];
  const option = optionOf(command, before.at(-1));
  if (option && takesValue(option))
    return option.argChoices?.map(plain) ?? offers(option.long?.slice(2) ?? '', word);
  if (word.startsWith('-')) return optionsOf(command);
  const argument = command.registeredArguments[positionIn(command, before)];
  return argument ? (argument.argChoices?.map(plain) ?? offers(argument.name(), word)) : [];
};

/** How many arguments stand there already, options and their values left out. */
const positionIn = (command: Command, before: readonly string[]): number =>
  before.slice(1).filter((word, at, all) => {
    const option = optionOf(command, all[at - 1]);
    return !word.startsWith('-') && !(option && takesValue(option));
  }).length;

const optionOf = ({ options }: Command, word: string | undefined): Option | undefined =>
  options.find(({ short, long }) => word !== undefined && (word === short || word === long));

const takesValue = ({ required, optional }: Option): boolean => required || optional;

const commandsOf = (program: Command): readonly Candidate[] =>
  program
    .createHelp()
    .visibleCommands(program)
    .map((one) => ({ value: one.name(), description: one.description() }));

const optionsOf = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));

const plain = (value: string): Candidate => ({ value, description: '' });
