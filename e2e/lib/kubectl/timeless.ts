const age = String.raw`\d+(?:[smh]|m\d+s)`;

/** What differs from run to run, and what stands for it. Of the same length where columns depend on it. */
const replacements: readonly (readonly [RegExp, string])[] = [
  // Ages in the last columns, and in the third of events.
  [new RegExp(`(?<= )${age}( +)${age}$`, 'gm'), '2s$15m'],
  [new RegExp(`(?<= )${age}$`, 'gm'), '5m'],
  [new RegExp(`^( +(?:Normal|Warning) +\\S+ +)${age} +`, 'gm'), '$15m   '],
  [/^(\s*UID: +).*$/gm, '$1f1b6c0de-0000-4000-8000-000000000000'],
  [/^(\s*(?:Policy )?Resource Version: +).*$/gm, '$1456'],
  [/( (?:Connected|Down|Polling) +\d+ +\d+ +)\d{3}(?= )/g, '$1456'],
  [/20(?:2[6-9]|3\d)-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '2026-03-01T12:00:00Z'],
];

/** What kubectl printed, without what differs from run to run, and without blanks at the ends of lines. */
export function timeless(output: string): string {
  return replacements
    .reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), output)
    .replace(/ +$/gm, '')
    .trim();
}
