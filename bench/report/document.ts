import type { BenchRow } from '../bench-row.ts';
import type { Machine } from './machine.ts';
import { machineLine } from './machine-line.ts';
import { markdownTable } from './table.ts';

const beginOf = (name: string) => `<!-- bench:${name}:begin (made by \`npm run bench -- --write\`) -->`;
const endOf = (name: string) => `<!-- bench:${name}:end -->`;

/** One run of one bench. */
export interface Measured {
  readonly name: string;
  /** `2026-01-31` */
  readonly date: string;
  readonly machine: Machine;
  readonly rows: readonly BenchRow[];
}

/**
 * The document with the table of this run in place of the one between the bench's markers; the rest stays.
 * @throws Error where the markers are not there once each, in order
 */
export const withTable = (document: string, { name, date, machine, rows }: Measured): string => {
  const [begin, end] = [beginOf(name), endOf(name)];
  const [before, rest, ...more] = document.split(begin);
  const [, after, ...evenMore] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + evenMore.length > 0) {
    throw new Error(`The document must hold the lines "${begin}" and "${end}", once each; put them back.`);
  }
  const table = `Measured ${date} on ${machineLine(machine)}.\n\n${markdownTable(rows)}`;
  return `${before}${begin}\n${table}\n${end}${after}`;
};
