import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import { renderChart } from '../helm/render-chart.ts';
import { commandsIn } from './commands/commands-in.ts';
import { projectFiles } from './project-files.ts';

// Commands of kubectl and Helm in documents, held against kubectl, Helm and a real API server.

const root = join(import.meta.dirname, '../..');
const commandsOf = (path: string) =>
  commandsIn(readFileSync(join(root, path), 'utf8')).map(({ line, words }) => ({
    at: `${path}:${line}`,
    words,
  }));
const commands = projectFiles(root)
  .filter((path) => path.endsWith('.md'))
  .flatMap(commandsOf);
let cluster: ControlPlane;

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.applyFiles(['crds', 'charts/medlyssning/files/roles']);
});
afterAll(() => cluster.stop());

/** `create rolebinding` is a command with flags of its own, `get companies` is not. */
const twoWords = /^(?:create|auth|config|rollout|set|top)$/;

test('kubectl has every command and flag that documents give it', async () => {
  const used = commands.filter(
    ({ words: [program, verb = ''] }) =>
      program === 'kubectl' && /^[a-z]+$/.test(verb) && verb !== 'medlyssning',
  );
  expect(used.length).toBeGreaterThan(30);
  const common = (await cluster.kubectl(['options'])).output;
  const helps = new Map<string, string>();
  const unknown: string[] = [];
  for (const { at, words } of used) {
    const depth = words[2] === 'secret' ? 4 : twoWords.test(words[1] ?? '') ? 3 : 2;
    const verb = words.slice(1, depth).join(' ');
    if (!helps.has(verb)) helps.set(verb, (await cluster.kubectl([...verb.split(' '), '--help'])).output);
    const help = `${helps.get(verb)}\n${common}`;
    const flags = words.flatMap((word) => /^--?[a-zA-Z][\w-]*/.exec(word)?.[0] ?? []);
    if (!help.includes('Usage:')) unknown.push(`${at}: kubectl ${verb}`);
    unknown.push(
      ...flags
        .filter((flag) => !new RegExp(`(?<![\\w-])${flag}[=,:]`).test(help))
        .map((flag) => `${at}: ${verb} ${flag}`),
    );
  }
  expect(unknown).toEqual([]);
});

test('what the installation tells one to create and apply is taken by an API server, in that order', async () => {
  const steps = commandsOf('docs/install.md').filter(
    ({ words: [program, verb = ''] }) => program === 'kubectl' && ['create', 'apply', 'label'].includes(verb),
  );
  expect(steps.length).toBeGreaterThan(6);
  for (const { at, words } of steps) {
    const args = words.slice(1).map((word) => (existsSync(join(root, word)) ? join(root, word) : word));
    expect({ at, ...(await cluster.kubectl(args)) }).toMatchObject({ at, ok: true });
  }
});

/** Of helm itself and of no chart; the values that an earlier command set are not known here, nor needed. */
const notForTemplate = new Set(['--reuse-values', '--create-namespace']);
const installs = commands.filter(
  ({ words: [program, verb = '', , chart = ''] }) =>
    program === 'helm' && ['install', 'upgrade'].includes(verb) && chart.startsWith('charts/'),
);

test.each(installs)('$at renders', async ({ words }) => {
  const [, , , chart = '', ...flags] = words;
  const rest = flags.filter((flag) => !notForTemplate.has(flag));
  const objects = await renderChart({ chart: chart.replace('charts/', ''), args: rest });
  expect(objects.some(({ kind }) => kind === 'Deployment' || kind === 'Company')).toBe(true);
});
