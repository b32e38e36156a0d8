import type { CallsSeen } from '../calls/calls-seen.ts';
import type { Answers } from '../texts/answers.ts';
import { type Print, table } from './output.ts';

/** Calls for people, one a line. */
export const callLines = (
  { calls, hidden }: CallsSeen,
  words: Answers,
  { isWide, paint }: Print,
): readonly string[] => {
  if (hidden?.all) return [paint('red', words.callsHidden(hidden.why, hidden.reason))];
  const { colleague, name, since, mayListen, extension, why, yes } = words;
  const rows = calls.map((one) => [
    one.user,
    one.displayName,
    one.since ?? '-',
    one.mayListen ? yes : one.reason,
    ...(isWide ? [one.extension ?? '-', one.why] : []),
  ]);
  return [
    ...(rows.length === 0
      ? [words.nobodyInCall]
      : table([colleague, name, since, mayListen, ...(isWide ? [extension, why] : [])], rows)),
    ...(hidden ? [paint('dim', words.callsOwn)] : []),
  ];
};
