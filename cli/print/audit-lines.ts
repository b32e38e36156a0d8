import type { AuditEntry, AuditPage } from '@medlyssning/media-sidecar/audit/audit-store.ts';
import type { Flaw, Verification } from '@medlyssning/media-sidecar/audit/chain/verify-chains.ts';
import { shown } from '@medlyssning/policy';
import type { ToldAttempts } from '../audit/audit-by-sidecar.ts';
import type { Answers } from '../texts/answers.ts';
import { type Print, table } from './output.ts';
import { printable } from './printable.ts';

/** An attempt, as it stands in a line. */
interface Row {
  readonly at: string;
  readonly listener: string;
  readonly target: string;
  readonly device: string | undefined;
  readonly reason: string;
  readonly heardFrom: string | undefined;
  readonly end: { readonly at: string; readonly reason: string; readonly cause?: string | undefined } | null;
  readonly node: string | undefined;
  readonly call: string | undefined;
  readonly id: string;
}

/** Attempts out of a store, for people, one a line. */
export const pageLines = ({ entries, next }: AuditPage, words: Answers, print: Print): readonly string[] =>
  rowLines(entries.map(rowOfEntry), next, words, print);

/** Attempts that a sidecar told of. */
export const attemptLines = (
  { attempts, next }: ToldAttempts,
  words: Answers,
  print: Print,
): readonly string[] => rowLines(attempts.map(rowOfTold), next, words, print);

const rowOfEntry = ({ attempt, start, end, node }: AuditEntry): Row => {
  const { at, listener, target, device, reason, callId, id } = attempt;
  return {
    at,
    listener: listener.user ?? listener.number,
    target: target.user ?? target.number,
    device: device?.name,
    reason,
    heardFrom: start?.at,
    end,
    node,
    call: callId ?? undefined,
    id,
  };
};

const rowOfTold = (told: ToldAttempts['attempts'][number]): Row => {
  const { at, listener, target, device, reason, heardFrom, end, detail, id } = told;
  return {
    at,
    listener: listener.user ?? shown(listener.number),
    target: target.user ?? shown(target.number),
    device: device?.name,
    reason,
    heardFrom: heardFrom ?? undefined,
    end,
    node: detail?.node,
    call: detail?.callId ?? undefined,
    id,
  };
};

const rowLines = (
  rows: readonly Row[],
  next: string | null,
  words: Answers,
  { isWide, paint }: Print,
): readonly string[] => {
  const { time, listener, target, device, answer, heardFor, end, node, call, id } = words;
  const headings = [time, listener, target, device, answer, heardFor, end];
  return [
    ...(rows.length === 0
      ? [words.noAttempt]
      : table(
          [...headings, ...(isWide ? [node, call, id] : [])],
          rows.map((row) => cellsOf(row, words, isWide)),
        )),
    ...(next === null ? [] : [paint('dim', words.more(next))]),
  ];
};

const cellsOf = (row: Row, words: Answers, isWide: boolean): readonly string[] =>
  [
    row.at,
    row.listener,
    row.target,
    row.device,
    row.reason,
    heard(row, words),
    row.end ? `${row.end.reason}${row.end.cause ? ` (${row.end.cause})` : ''}` : undefined,
    ...(isWide ? [row.node, row.call, row.id] : []),
  ].map((cell) => printable(cell || '-'));

/** How long audio flowed. */
const heard = ({ heardFrom, end }: Row, words: Answers): string => {
  if (heardFrom === undefined) return '-';
  return end
    ? words.seconds(Math.round((Date.parse(end.at) - Date.parse(heardFrom)) / 1000))
    : words.states.listening;
};

/** What verifying found, for people. */
export const verificationLines = (
  { chains, flaws, flawCount }: Verification,
  hasLog: boolean,
  words: Answers,
  { paint }: Print,
): readonly string[] => [
  ...chains.map(({ node, rows, erased, head }) =>
    printable(words.chain(node, rows, erased, head.seq, head.hash)),
  ),
  ...chains
    .filter(({ withheld }) => withheld > 0)
    .map(({ node, withheld }) => printable(words.withheld(node, withheld))),
  ...flaws.map((flaw) => `${paint('red', '✗')} ${printable(flawText(flaw, words))}`),
  flawCount === 0
    ? `${paint('green', '✓')} ${words.whole}`
    : `${paint('red', '✗')} ${words.flaws(flawCount, flaws.length)}`,
  ...(hasLog ? [] : [words.withoutLog]),
];

const flawText = ({ kind, node, seq, through }: Flaw, { rows, flaw }: Answers): string => {
  const said = kind === 'removed' && through !== seq ? flaw.removedMany : flaw[kind];
  return `${node}: ${rows(seq, through)} ${said} (${kind})`;
};
