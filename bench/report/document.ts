import type { BenchRow } from '../bench-row.ts';
import type { Machine } from './machine.ts';
import { machineLine } from './machine-line.ts';
import { markdownTable } from './table.ts';

const begin = '<!-- bench:begin (made by `npm run bench -- --write`) -->';
const end = '<!-- bench:end -->';

/** One run of all benches. */
export interface Measured {
  /** `2026-01-31` */
  readonly date: string;
  readonly machine: Machine;
  readonly rows: readonly BenchRow[];
}

/**
 * The document with the table of this run in place of the one between its markers; the rest stays.
 * @throws Error where the markers are not there once each, in order
 */
export const withTable = (document: string, { date, machine, rows }: Measured): string => {
  const [before, rest, ...more] = document.split(begin);
  const [, after, ...evenMore] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + evenMore.length > 0) {
    throw new Error(`The document must hold the lines "${begin}" and "${end}", once each; put them back.`);
  }
  const table = `Measured ${date} on ${machineLine(machine)}.\n\n${markdownTable(rows)}`;
  return `${before}${begin}\n${table}\n${end}${after}`;
};
