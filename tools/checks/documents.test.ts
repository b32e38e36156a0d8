import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runHere } from '@medlyssning/cli/run-here.ts';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../media-sidecar/config/config.ts';
import { parseResources } from '../../packages/policy/src/index.ts';
import { commandsIn } from './commands/commands-in.ts';
import { flawOf } from './commands/flaw-of.ts';
import { knownOfProject } from './commands/known-of-project.ts';
import { linksIn } from './markdown-links.ts';
import { projectFiles } from './project-files.ts';

const root = join(import.meta.dirname, '../..');
const documents = projectFiles(root)
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
const commands = documents.flatMap(({ path, text }) =>
  commandsIn(text).map(({ line, words }) => ({ at: `${path}:${line}`, words })),
);

test('no command names a script, command, flag, file or value that is not there', async () => {
  const known = await knownOfProject(root);
  expect(commands.length).toBeGreaterThan(80);
  const flaws = commands.map(({ at, words }) => ({ at, flaw: flawOf(words, known) }));
  expect(flaws.filter(({ flaw }) => flaw !== undefined)).toEqual([]);
});

test.each([
  ['docs/README.md', /^docs\/[\w-]+\.md$/],
  ['docs/adr/README.md', /^docs\/adr\/\d+-[\w-]+\.md$/],
])('%s leads to every page beside it', (index, pages) => {
  const text = documents.find(({ path }) => path === index)?.text ?? '';
  const targets = new Set(linksIn(text).map(({ target }) => join(dirname(index), target.replace(/#.*/, ''))));
  const beside = documents.map(({ path }) => path).filter((path) => pages.test(path) && path !== index);
  expect(beside.length).toBeGreaterThan(15);
  expect(beside.filter((path) => !targets.has(path))).toEqual([]);
});

/** Those that ask only the examples are run as they stand; what each answers may be yes or no, but it has to be an answer. */
const runnable = commands.filter(
  ({ at, words }) =>
    !at.startsWith('docs/explain.md') &&
    words.includes('medlyssning') &&
    words.some((word) => word.startsWith('examples/')),
);

test.each(runnable)('$at answers: $words', async ({ words }) => {
  process.chdir(root);
  const { code, stderr } = await runHere(words.slice(words.indexOf('medlyssning') + 1));
  expect({ code: code < 2 ? 'an answer' : code, stderr }).toEqual({ code: 'an answer', stderr: '' });
});

/** Blocks of YAML by what they are: objects of the API, or keys of the sidecar's configuration. */
const blocks = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = ''], i) => ({
    at: `${path}, block ${i + 1}`,
    yaml,
  })),
);

const objects = blocks.filter(({ yaml }) => yaml.includes('apiVersion: medlyssning.dev/'));

test.each(objects)('$at is as the definitions say', ({ at, yaml }) => {
  expect(parseResources([{ file: at, text: yaml }]).problems).toEqual([]);
});

const example = parse(readFileSync(join(root, 'examples/sidecar.yaml'), 'utf8'));
const settings = blocks
  .map(({ at, yaml }) => ({ at, keys: parse(yaml) }))
  .filter(({ keys }) => Object.keys(keys).every((key) => key in configSchema.shape));

test.each(settings)('$at is taken by the sidecar, beside what the example has', ({ keys }) => {
  const http = keys.http && { http: { ...example.http, ...keys.http } };
  expect(configSchema.safeParse({ ...example, ...keys, ...http }).error?.issues).toBeUndefined();
});

const ofChart = Object.keys(parse(readFileSync(join(root, 'charts/medlyssning/values.yaml'), 'utf8')));
const values = blocks.filter(({ yaml }) => {
  const keys = Object.keys(parse(yaml));
  return keys.length > 0 && keys.every((key) => ofChart.includes(key));
});

test.each(values)('$at has only values that the chart has', async ({ yaml }) => {
  const { hasValue } = await knownOfProject(root);
  const unknown = pathsIn(parse(yaml)).filter((path) => !hasValue('charts/medlyssning', path));
  expect(unknown).toEqual([]);
});

/** Paths of all keys, `media.http.tlsSecret`. */
function pathsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, below]) =>
    pathsIn(below, path === '' ? key : `${path}.${key}`),
  );
}

test('there are blocks of each sort that is checked', () => {
  expect([settings, values].map(({ length }) => length > 0)).toEqual([true, true]);
});
