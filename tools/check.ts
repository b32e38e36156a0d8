import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsIn, unknownPrograms } from './checks/commands/commands-in.ts';
import { flawOf } from './checks/commands/flaw-of.ts';
import { knownOfProject } from './checks/commands/known-of-project.ts';
import { machinePathPattern, machinePathsIn } from './checks/machine-paths.ts';
import { brokenLinks } from './checks/markdown-links.ts';
import { missingDocumentsIn } from './checks/named-documents.ts';
import { projectFiles } from './checks/project-files.ts';
import { runToEnd } from './real/run-to-end.ts';

/** `npm run check`: all that can be said of the code without running it. Every check runs; exit code 1 when any fails. */
interface Check {
  readonly name: string;
  readonly run: () => Promise<Verdict> | Verdict;
}

interface Verdict {
  readonly ok: boolean;
  /** What is wrong, for people. */
  readonly output: string;
}

const root = join(import.meta.dirname, '..');
const generator = 'tools/generate/main.ts';
/** Names documents that are made up. */
const linkTests = 'tools/checks/markdown-links.test.ts';
const notText = /\.(?:wav|png|jpg|ico|gz|zip)$/;

const checks: readonly Check[] = [
  { name: 'types (tsc)', run: () => tool('tsc', '-p', 'tsconfig.json') },
  { name: 'types of the page (tsc)', run: () => tool('tsc', '-p', 'console/tsconfig.json') },
  { name: 'style (biome)', run: () => tool('biome', 'ci', '--error-on-warnings', '--colors=off', '.') },
  { name: 'nothing unused (knip)', run: () => tool('knip', '--no-config-hints') },
  { name: 'generated files current', run: generatedFiles },
  { name: 'lockfile whole', run: lockfile },
  { name: 'links in documents', run: links },
  { name: 'commands in documents', run: commands },
  { name: 'no machine paths', run: machinePaths },
];

const results: { readonly name: string; readonly verdict: Verdict; readonly seconds: string }[] = [];
for (const { name, run } of checks) {
  const started = Date.now();
  const verdict = await run();
  results.push({ name, verdict, seconds: ((Date.now() - started) / 1000).toFixed(1) });
}
for (const { name, verdict } of results) if (!verdict.ok) console.log(`\n── ${name}\n${verdict.output}`);
console.log('');
for (const { name, verdict, seconds } of results) {
  console.log(`${verdict.ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)} ${seconds.padStart(5)} s`);
}
if (results.some(({ verdict }) => !verdict.ok)) process.exitCode = 1;

function tool(name: string, ...args: string[]): Promise<Verdict> {
  return runToEnd({ file: join(root, 'node_modules', '.bin', name), args }, { cwd: root, keepLines: 400 });
}

function generatedFiles(): Promise<Verdict> | Verdict {
  if (!existsSync(join(root, generator))) return { ok: true, output: '' };
  return runToEnd({ file: process.execPath, args: [generator, '--check'] }, { cwd: root, keepLines: 400 });
}

function lockfile(): Promise<Verdict> {
  return runToEnd(
    { file: process.execPath, args: ['tools/lock-platforms.ts', '--check'] },
    { cwd: root, keepLines: 400 },
  );
}

function documents(): ReadonlyMap<string, string> {
  const paths = projectFiles(root).filter((path) => path.endsWith('.md'));
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

async function commands(): Promise<Verdict> {
  const known = await knownOfProject(root);
  const flaws = [...documents()].flatMap(([file, text]) => [
    ...commandsIn(text).flatMap(({ line, words }) => {
      const flaw = flawOf(words, known);
      return flaw === undefined ? [] : [`${file}:${line} ${words.join(' ')}: ${flaw}`];
    }),
    ...unknownPrograms(text).map(
      ({ line, words }) =>
        `${file}:${line} ${words.join(' ')}: not a program that tools/checks/commands knows`,
    ),
  ]);
  return verdict(flaws);
}

function links(): Verdict {
  const texts = documents();
  const exists = (path: string) => existsSync(join(root, path));
  const broken = brokenLinks({ texts, exists });
  const missing = projectFiles(root)
    .filter((path) => !notText.test(path) && !path.endsWith('.md') && path !== linkTests)
    .flatMap((path) => missingDocumentsIn(path, readFileSync(join(root, path), 'utf8'), exists));
  return verdict([
    ...broken.map(({ file, line, target }) => `${file}:${line} leads nowhere: ${target}`),
    ...missing.map(({ file, line, path }) => `${file}:${line} names a document that is not there: ${path}`),
  ]);
}

function machinePaths(): Verdict {
  const pattern = machinePathPattern(root);
  const found = projectFiles(root)
    .filter((path) => !notText.test(path))
    .flatMap((path) => machinePathsIn(path, readFileSync(join(root, path), 'utf8'), pattern));
  return verdict(
    found.map(({ file, line, path }) => `${file}:${line} names a folder of one machine: ${path}`),
  );
}

function verdict(problems: readonly string[]): Verdict {
  return { ok: problems.length === 0, output: problems.join('\n') };
}
