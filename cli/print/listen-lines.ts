import type { ListenChange } from '../listens/live-listens.ts';
import type { Listen } from '../sidecar/views.ts';
import type { Answers } from '../texts/answers.ts';
import { type Print, table } from './output.ts';

type Someone = Listen['listener'];

/** Listens for people, one a line. */
export const listenLines = (
  listens: readonly Listen[],
  words: Answers,
  { isWide }: Print,
): readonly string[] => {
  if (listens.length === 0) return [words.nobodyListens];
  const { listener, target, device, since, state, kind, id } = words;
  return table(
    [listener, target, device, since, ...(isWide ? [state, kind, id] : [])],
    listens.map((one) => [
      called(one.listener),
      called(one.target),
      one.device?.name ?? '-',
      one.since ?? '-',
      ...(isWide ? [words.states[one.state], one.device?.kind ?? '-', one.id] : []),
    ]),
  );
};

/** Wide enough for most names: what comes later cannot be known when the first line is written. */
const widths = [24, 9, 24, 24, 16];

export const changeHeadings = ({ time, event, listener, target, device, reason }: Answers): string =>
  columns([time, event, listener, target, device, reason]);

/** A change, as a line of its own. */
export const changeLine = (
  { at, event, listen, reason }: ListenChange,
  words: Answers,
  { paint }: Pick<Print, 'paint'>,
): string => {
  const { listener, target, device } = listen;
  const line = columns([
    at,
    words.states[event],
    called(listener),
    called(target),
    device?.name ?? '-',
    event === 'ended' ? (reason ?? '?') : '-',
  ]);
  return event === 'ended' ? paint('dim', line) : line;
};

const columns = (cells: readonly string[]): string =>
  cells
    .map((cell, n) => cell.padEnd(widths[n] ?? 0))
    .join('   ')
    .trimEnd();

const called = ({ user, displayName }: Someone): string => `${displayName} (${user})`;
