import type { OtlpSpan } from './otlp-span.ts';
import { traceTree } from './trace-tree.ts';

const block = /```trace\n[\s\S]*?```/;

/** What of a span's attributes says something that its name does not. */
const notable = ['medlyssning.sip.status_code', 'medlyssning.reason', 'medlyssning.engine'] as const;

const ms = (ns: bigint): string => (Number(ns) / 1e6).toFixed(1);

/** A trace for people: when each span began and how long it took, ms; what it says; its events. */
export const documentedTrace = (spans: readonly OtlpSpan[]): string => {
  const [start = 0n] = spans.map(({ startNs }) => startNs).sort((a, b) => Number(a - b));
  const lines = traceTree(spans, (span) => {
    const { name, startNs, endNs, attributes, events } = span;
    const said = notable.filter((key) => attributes[key] !== undefined).map((key) => attributes[key]);
    const rules = events.map(({ attributes: of }) => `\n#${ruleOf(of)}`).join('');
    return `${name}${said.length > 0 ? ` (${said.join(', ')})` : ''}|${ms(startNs - start)}|${ms(endNs - startNs)}${rules}`;
  });
  return withoutBarriers(lines.flatMap((line) => line.split('\n')))
    .map(columns)
    .join('\n');
};

const ruleOf = (of: OtlpSpan['attributes']): string =>
  `${of['medlyssning.rule.id']} ${of['medlyssning.rule.reason']}: ${of['medlyssning.rule.outcome']}`;

/** How many questions `decide` asks to see that the mirror is up to date is for the moment to say. */
const withoutBarriers = (lines: readonly string[]): readonly string[] =>
  lines.filter((line, n) => !(line.startsWith('    ng query') && isBelow(lines, n, '  decide')));

const isBelow = (lines: readonly string[], n: number, parent: string): boolean =>
  lines
    .slice(0, n)
    .findLast((line) => /^ {2}\w/.test(line))
    ?.startsWith(parent) ?? false;

const columns = (line: string): string => {
  if (line.startsWith('#')) return `    · ${line.slice(1)}`;
  const [name = '', began = '', took = ''] = line.split('|');
  return `${name.padEnd(44)}${began.padStart(8)} ms ${took.padStart(8)} ms`;
};

export const withTrace = (markdown: string, trace: string): string =>
  markdown.replace(block, `\`\`\`trace\n${trace}\n\`\`\``);

/** Without what differs from run to run: the times, and the order of what runs side by side. */
export const timeless = (markdown: string): string => {
  const trace = block.exec(markdown)?.[0] ?? '';
  const lines = trace.replace(/ +[\d.]+ ms +[\d.]+ ms/g, '').split('\n');
  return markdown.replace(block, lines.sort().join('\n'));
};
