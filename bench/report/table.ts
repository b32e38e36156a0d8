import type { BenchRow } from '../bench-row.ts';

const columns = ['measured', 'value', 'unit', 'target', ''] as const;
/** The value stands to the right. */
const isRight = (column: number) => column === 1;

/** Three digits that matter, thousands grouped: `0.853`, `38.2`, `8,653`. */
export const showValue = (value: number): string =>
  value.toLocaleString(
    'en',
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 },
  );

const cellsOf = ({ name, value, unit, target }: BenchRow): readonly string[] => [
  name,
  showValue(value),
  unit,
  target?.text ?? '',
  target === undefined ? '' : target.isMetBy(value) ? 'met' : 'missed',
];

/** The rows as a table for a terminal. */
export const textTable = (rows: readonly BenchRow[]): string => {
  const lines = [columns, ...rows.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    isRight(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
};

/** The rows as a table in Markdown; what missed its target stands out. */
export const markdownTable = (rows: readonly BenchRow[]): string => {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, column) => (isRight(column) ? '--:' : '---'));
  const strong = (cell: string) => (cell === 'missed' ? '**missed**' : cell);
  return [line(columns), line(rule), ...rows.map((row) => line(cellsOf(row).map(strong)))].join('\n');
};
