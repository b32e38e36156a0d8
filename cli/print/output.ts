import { styleText } from 'node:util';
import { stringify } from 'yaml';

/** Where a command writes. Colour goes to terminals only, and never where NO_COLOR is set. */
export interface Output {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

export const formats = ['table', 'wide', 'json', 'yaml'] as const;
export type Format = (typeof formats)[number];

/** What a command has to say, for people and for programs. */
export interface Answer {
  readonly data: unknown;
  /** Lines for people. */
  readonly lines: (print: Print) => readonly string[];
}

type Colour = Parameters<typeof styleText>[0];

export interface Print {
  readonly isWide: boolean;
  readonly paint: (colour: Colour, text: string) => string;
}

/** Writes an answer in the format asked for; without one, lines for people. */
export const writeAnswer = (
  { stdout }: Output,
  format: Format | undefined,
  { data, lines }: Answer,
): void => {
  const text =
    format === 'json'
      ? `${JSON.stringify(data, null, 2)}\n`
      : format === 'yaml'
        ? stringify(data, { lineWidth: 0 })
        : `${lines({ isWide: format === 'wide', paint: painter(stdout) }).join('\n')}\n`;
  stdout.write(text);
};

/** The same for what comes one by one: a line each of JSON, a document each of YAML. */
export const writeEach = (
  { stdout }: Output,
  format: Format | undefined,
  { data, lines }: { readonly data: readonly unknown[]; readonly lines: readonly string[] },
): void => {
  if (format === 'json') for (const one of data) stdout.write(`${JSON.stringify(one)}\n`);
  else if (format === 'yaml')
    for (const one of data) stdout.write(`---\n${stringify(one, { lineWidth: 0 })}`);
  else for (const line of lines) stdout.write(`${line}\n`);
};

export const painter =
  (stream: NodeJS.WritableStream): Print['paint'] =>
  (colour, text) =>
    styleText(colour, text, { stream });

/** Rows below their headings, in columns. */
export const table = (
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
};
