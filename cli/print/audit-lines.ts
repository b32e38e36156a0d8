import type { AuditEntry, AuditPage } from '@medlyssning/media-sidecar/audit/audit-store.ts';
import type { Flaw, Verification } from '@medlyssning/media-sidecar/audit/chain/verify-chains.ts';
import { type Print, table } from './output.ts';
import { printable } from './printable.ts';

/** Attempts for people, one a line. */
export const pageLines = ({ entries, next }: AuditPage, { isWide, paint }: Print): readonly string[] => {
  if (entries.length === 0) return ['There is no such attempt.'];
  const headings = ['TIME', 'LISTENER', 'TARGET', 'DEVICE', 'ANSWER', 'HEARD', 'END'];
  const more = isWide ? ['NODE', 'CALL', 'ID'] : [];
  return [
    ...table(
      [...headings, ...more],
      entries.map((entry) => rowOf(entry, isWide)),
    ),
    ...(next === null ? [] : [paint('dim', `There are more: --after ${next}`)]),
  ];
};

const rowOf = ({ attempt, start, end, node }: AuditEntry, isWide: boolean): readonly string[] => {
  const { at, listener, target, device, reason, callId, id } = attempt;
  const cells = [
    at,
    listener.user ?? listener.number,
    target.user ?? target.number,
    device?.name ?? '-',
    reason,
    heard(start?.at, end?.at),
    end ? `${end.reason}${end.cause ? ` (${end.cause})` : ''}` : '-',
    ...(isWide ? [node, callId ?? '-', id] : []),
  ];
  return cells.map(printable);
};

/** How long audio flowed. */
const heard = (from: string | undefined, until: string | undefined): string => {
  if (from === undefined) return '-';
  return until === undefined ? 'listening' : `${Math.round((Date.parse(until) - Date.parse(from)) / 1000)} s`;
};

/** What verifying found, for people. */
export const verificationLines = (
  { chains, flaws, flawCount }: Verification,
  hasLog: boolean,
  { paint }: Print,
): readonly string[] => [
  ...chains.map(({ node, rows, erased, head }) =>
    printable(
      `${node}: ${rows} rows, ${erased} of them erased by retention; it ends at ${head.seq}, ${head.hash}`,
    ),
  ),
  ...flaws.map((flaw) => `${paint('red', '✗')} ${printable(flawText(flaw))}`),
  flawCount === 0
    ? `${paint('green', '✓')} All is as it was written.`
    : `${paint('red', '✗')} ${flawCount} flaws${flawCount > flaws.length ? `; the first ${flaws.length} are shown` : ''}.`,
  ...(hasLog
    ? []
    : ['That the last rows were cut off, or all was written anew, shows only by the log: --log FILE.']),
];

const flawText = ({ kind, node, seq, through }: Flaw): string => {
  const rows = seq === through ? `row ${seq}` : `rows ${seq} to ${through}`;
  const said = {
    changed: 'is not what was written',
    removed: through === seq ? 'is gone' : 'are gone',
    unlinked: 'does not follow the one before it: moved, repeated, or the one before was made anew',
    erased: 'is empty, and no record of an erasure says so',
    rewritten: 'is another one than the log tells of',
  }[kind];
  return `${node}: ${rows} ${said} (${kind})`;
};
