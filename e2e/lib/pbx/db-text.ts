/** A cell of a db_text table. */
export type Cell = string | number;

/** How db_text writes the characters that separate cells and rows (Kamailio, db_text README, "Database tables"). */
const escapes: Readonly<Record<string, string>> = {
  ':': '\\:',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A column's type; what may be empty says so. */
type ColumnType = 'string' | 'int' | 'string,null';

/** A table as Kamailio's db_text module reads it: column names with types, then a line per row. */
export function dbText(
  columns: Readonly<Record<string, ColumnType>>,
  rows: readonly (readonly Cell[])[],
): string {
  const head = Object.entries(columns).map(([name, type]) => `${name}(${type})`);
  const lines = rows.map((row) =>
    row.map((cell) => String(cell).replace(/[:\\\n\r\t]/g, (c) => escapes[c] ?? c)),
  );
  return [head.join(' '), ...lines.map((cells) => cells.join(':')), ''].join('\n');
}
