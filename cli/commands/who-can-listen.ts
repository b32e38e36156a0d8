import { type Language, reasonText } from '@medlyssning/policy';
import type { Command } from 'commander';
import { exitCodes, Unanswered } from '../errors.ts';
import { whoCanListenBySidecar } from '../explain/by-sidecar.ts';
import { nearName } from '../explain/find-user.ts';
import { nobodyNamed, type WhoCanListen, whoCanListen } from '../explain/who-can-listen.ts';
import { type Output, type Print, table, writeAnswer } from '../print/output.ts';
import { waitingFor } from '../print/waiting-for.ts';
import { openOrigin } from '../source/open-origin.ts';
import { answers } from '../texts/answers.ts';
import { answeringSidecar } from './answering-sidecar.ts';
import { type AnswerOptions, withAnswer, withExamples } from './options.ts';

/** `who-can-listen anna`: who may listen to her now, and from what. */
export const whoCanListenCommand = (
  command: Command,
  output: Output,
  finish: (code: number) => void,
): Command => {
  command
    .description('Who may listen to this colleague, and from which device?')
    .argument('<user>', 'the one listened to: name of the User, namespace/name, fixed number or extension');
  withExamples(withAnswer(command), [
    ['who-can-listen anna', 'By the objects in the cluster'],
    [
      'who-can-listen anna -f examples/acme -o wide',
      'By a folder, with those who hold the right and are refused',
    ],
    ['who-can-listen acme/anna -o json', 'In another namespace than that of the context'],
    [
      'who-can-listen anna --server https://media-1:8443 --token-file token',
      'Now, by a running sidecar; for administrators and ServiceAccounts',
    ],
  ]);
  return command.action(async (user: string, options: AnswerOptions) => {
    const sidecar = answeringSidecar(options);
    const who = await (sidecar === undefined
      ? findByObjects(user, options, output)
      : waitingFor(output, sidecar.name, whoCanListenBySidecar(user, options.company, sidecar)));
    writeAnswer(output, options.output, { data: who, lines: (print) => whoLines(who, options.lang, print) });
    finish(who.listeners.some(({ from }) => from.length > 0) ? exitCodes.yes : exitCodes.no);
  });
};

const findByObjects = async (user: string, options: AnswerOptions, output: Output): Promise<WhoCanListen> => {
  const { origin, namespace } = await openOrigin(options, [user], output);
  const who = whoCanListen(user, options.at ?? new Date(), origin, namespace, options.lang);
  if (!who) throw new Unanswered(nobodyNamed(user, origin, nearName(user, origin)));
  return who;
};

const whoLines = (
  { target, listeners, warnings }: WhoCanListen,
  language: Language,
  { isWide, paint }: Print,
): readonly string[] => {
  const allowed = listeners.filter(({ from }) => from.length > 0);
  const refused = listeners.filter(({ from }) => from.length === 0);
  const shown = isWide ? listeners : allowed;
  const words = answers[language];
  const headings = [words.user, words.name, words.from, ...(isWide ? [words.reason, ''] : [])];
  const rows = shown.map(({ name, displayName, from, reason }) => [
    name,
    displayName,
    from.join(',') || '-',
    ...(isWide ? [reason, reason === 'Allowed' ? '' : reasonText(reason, language)] : []),
  ]);
  const others = refused.map(({ name, reason }) => `${name} (${reason})`);
  return [
    ...(allowed.length === 0 ? [paint('red', words.nobodyMayListen(target.displayName))] : []),
    ...(rows.length > 0 ? table(headings, rows) : []),
    ...(others.length > 0 && !isWide ? ['', words.refusedHolders(others.join(', '), target.name)] : []),
    ...warnings.map((warning) => paint('yellow', `${words.note}: ${warning}`)),
  ];
};
