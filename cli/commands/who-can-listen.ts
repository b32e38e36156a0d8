import { type Language, reasonText } from '@medlyssning/policy';
import type { Command } from 'commander';
import { exitCodes, Unanswered } from '../errors.ts';
import { nearName } from '../explain/find-user.ts';
import { nobodyNamed, type WhoCanListen, whoCanListen } from '../explain/who-can-listen.ts';
import { type Output, type Print, table, writeAnswer } from '../print/output.ts';
import { openOrigin } from '../source/open-origin.ts';
import {
  type OutputOptions,
  readTime,
  type SourceOptions,
  withCluster,
  withExamples,
  withLanguage,
  withOutput,
  withSource,
} from './options.ts';

interface WhoArguments extends SourceOptions, OutputOptions {
  readonly at?: Date;
  readonly lang: Language;
}

/** `who-can-listen anna`: who may listen to her now, and from what. */
export const whoCanListenCommand = (
  command: Command,
  output: Output,
  finish: (code: number) => void,
): Command => {
  command
    .description('Who may listen to this colleague, and from which device?')
    .argument('<user>', 'the one listened to: name of the User, namespace/name, fixed number or extension')
    .option('--at <time>', 'when the call begins (default: now)', readTime);
  withExamples(withLanguage(withOutput(withCluster(withSource(command)))), [
    ['who-can-listen anna', 'By the objects in the cluster'],
    [
      'who-can-listen anna -f examples/acme -o wide',
      'By a folder, with those who hold the right and are refused',
    ],
    ['who-can-listen acme/anna -o json', 'In another namespace than that of the context'],
  ]);
  return command.action(async (user: string, options: WhoArguments) => {
    const { origin, namespace } = await openOrigin(options, [user]);
    const who = whoCanListen(user, options.at ?? new Date(), origin, namespace);
    if (!who) throw new Unanswered(nobodyNamed(user, origin, nearName(user, origin)));
    writeAnswer(output, options.output, { data: who, lines: (print) => whoLines(who, options.lang, print) });
    finish(who.listeners.some(({ from }) => from.length > 0) ? exitCodes.yes : exitCodes.no);
  });
};

const whoLines = (
  { target, listeners, warnings }: WhoCanListen,
  language: Language,
  { isWide, paint }: Print,
): readonly string[] => {
  const allowed = listeners.filter(({ from }) => from.length > 0);
  const refused = listeners.filter(({ from }) => from.length === 0);
  const shown = isWide ? listeners : allowed;
  const headings = ['USER', 'NAME', 'FROM', ...(isWide ? ['REASON', ''] : [])];
  const rows = shown.map(({ name, displayName, from, reason }) => [
    name,
    displayName,
    from.join(',') || '-',
    ...(isWide ? [reason, reason === 'Allowed' ? '' : reasonText(reason, language)] : []),
  ]);
  const others = refused.map(({ name, reason }) => `${name} (${reason})`);
  return [
    ...(allowed.length === 0 ? [paint('red', `Nobody may listen to ${target.displayName}.`)] : []),
    ...(rows.length > 0 ? table(headings, rows) : []),
    ...(others.length > 0 && !isWide
      ? [
          '',
          `Hold the right and are refused: ${others.join(', ')}. Why: explain --listener NAME --target ${target.name}`,
        ]
      : []),
    ...warnings.map((warning) => paint('yellow', `Note: ${warning}`)),
  ];
};
