import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdmissionReason, reasonText } from '@medlyssning/policy';
import { runHere } from '../run-here.ts';
import { beyondRules, type Change, type ReasonCase, reasonCases } from './reason-cases.ts';

const examples = join(import.meta.dirname, '..', '..', 'examples', 'acme');
const at = ['--at', '2026-03-02T10:00:00Z'];

/** docs/explain.md: what `explain` prints for each reason, as it is printed now. */
export const renderExplain = async (): Promise<string> => {
  const sections = await Promise.all(reasonCases.map(renderCase));
  const others = Object.entries(beyondRules) as [AdmissionReason, string][];
  return `<!-- Generated from cli/document/ by \`npm run generate\`. Do not edit. -->

# Why may she not listen?

A decision says one reason, a stable code: the same in SIP, the API, records, metrics and conditions. \`kubectl medlyssning explain\`
([the command](../cli/README.md)) takes the same decision from the objects in a cluster or a folder, and says of each
[rule](rules.md) which field of which object decided it. Below is each reason that a rule can give, in the order in which
rules are asked, with what the command prints for it. The objects are those of [examples/acme](../examples/acme/company.yaml),
where nothing else is said; numbers are shortened.

| Reason | Says to the listener |
|---|---|
${reasonCases
  .filter(({ variant }) => variant === undefined)
  .map(({ reason }) => `| [${reason}](#${reason.toLowerCase()}) | ${reasonText(reason, 'en')} |`)
  .join('\n')}
${others.map(([reason]) => `| [${reason}](#refusals-that-no-rule-gives) | ${reasonText(reason, 'en')} |`).join('\n')}

${sections.join('\n')}
## Refusals that no rule gives

All rules had passed, and it failed after that. No file explains these.

${others.map(([reason, toDo]) => `- **${reason}**: ${reasonText(reason, 'en')} ${toDo}`).join('\n')}
`;
};

const renderCase = async (one: ReasonCase): Promise<string> => {
  const { output } = await runCase(one);
  const changes = one.changes ?? [];
  return `${one.variant === undefined ? `## ${one.reason}` : `### ${one.variant}`}

${one.toDo}
${changes.map((change) => `\n\`\`\`diff\n${diffOf(change)}\n\`\`\`\n`).join('')}
\`\`\`console
$ kubectl medlyssning explain ${[...one.args, ...at, '-f', 'acme'].join(' ')}
${output.trimEnd()}
\`\`\`
`;
};

/** Runs the command of a case on a copy of the examples with the changes made. */
export const runCase = async (
  { args, changes = [] }: ReasonCase,
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly output: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-explain-'));
  try {
    const acme = join(folder, 'acme');
    cpSync(examples, acme, { recursive: true });
    for (const change of changes) make(acme, change);
    const all = ['explain', ...args, ...at, '-f', acme, ...more];
    const { code, stdout, stderr } = await runHere(all, 'kubectl medlyssning');
    return { code, output: `${stdout}${stderr}`.replaceAll(`${folder}/`, '') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const make = (folder: string, { file, from, to }: Change): void => {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(from).length !== 2)
    throw new Error(
      `examples/acme/${file} does not have this exactly once: ${from}. Adapt cli/document/reason-cases.ts.`,
    );
  writeFileSync(path, before.replace(from, to));
};

const diffOf = ({ file, from, to }: Change): string => {
  const [before, after] = [from, to].map((lines) => lines.trimEnd().split('\n')) as [string[], string[]];
  const kept = before.filter((line) => after.includes(line));
  return [
    `--- acme/${file}`,
    ...before.filter((line) => !kept.includes(line)).map((line) => `-${line}`),
    ...after.map((line) => (kept.includes(line) ? ` ${line}` : `+${line}`)),
  ].join('\n');
};
