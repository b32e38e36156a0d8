import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row of a table in docs/r3.md: what is tried, and the answer to each actor. */
export interface DocumentedRow {
  readonly operation: string;
  readonly answers: readonly { readonly actor: string; readonly answer: string }[];
}

/** A refusal that the document quotes. */
export interface DocumentedMessage {
  readonly actor: string;
  readonly operation: string;
  readonly message: string;
}

export interface R3Document {
  readonly rows: readonly DocumentedRow[];
  readonly messages: readonly DocumentedMessage[];
}

const file = join(import.meta.dirname, '..', '..', '..', 'docs', 'r3.md');

/** Reads docs/r3.md: its tables are what the tests expect. Those whose first column is `Operation`, and those of `Message`s. */
export function readR3Document(text = readFileSync(file, 'utf8')): R3Document {
  const rows: DocumentedRow[] = [];
  const messages: DocumentedMessage[] = [];
  let heading: readonly string[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) {
      heading = [];
      continue;
    }
    const cells = line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => cell.trim());
    if (cells.every((cell) => /^:?-+:?$/.test(cell))) continue;
    if (heading.length === 0) {
      heading = cells;
      continue;
    }
    const [first = '', second = '', third = ''] = cells;
    if (heading[0] === 'Operation') {
      const answers = cells
        .slice(1)
        .map((answer, i) => ({ actor: heading[i + 1] ?? '', answer: answer === '' ? 'role' : answer }));
      rows.push({ operation: first, answers });
    } else if (heading[2] === 'Message') messages.push({ actor: first, operation: second, message: third });
  }
  return { rows, messages };
}
