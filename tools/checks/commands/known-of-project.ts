import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runHere } from '@medlyssning/cli/run-here.ts';
import { parse } from 'yaml';
import type { Known } from './flaw-of.ts';

/** What commands may name in this project: its scripts, files, charts, and what its programs say of themselves. */
export async function knownOfProject(root: string): Promise<Known> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const exists = (path: string) => existsSync(join(root, path));
  const sources = (folder: string) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => read(`${folder}/${file}`))
      .join('\n');
  const commands = await helpOfCommands(readdirSync(join(root, 'cli/commands')));
  return {
    scripts: new Set(Object.keys(JSON.parse(read('package.json')).scripts)),
    exists,
    help: {
      command: (name) => commands.get(name),
      script: (name) => (['demo', 'bench'].includes(name) ? read(`${name}/options.ts`) : undefined),
      program: (path) =>
        /^(?:operator|media-sidecar)\/main\.ts$/.test(path) ? sources(path.split('/')[0] ?? '') : undefined,
    },
    hasValue: (chart, key) => {
      const file = `${chart.replace(/^\.\//, '').replace(/\/$/, '')}/values.yaml`;
      return exists(file) ? has(parse(read(file)), key.split('.')) : undefined;
    },
  };
}

/** A file in cli/commands is a command, but for those that several share, which answer no `--help`. */
async function helpOfCommands(files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = files.filter((file) => !file.endsWith('.test.ts')).map((file) => file.replace('.ts', ''));
  const helps = await Promise.all(
    names.map(async (name) => [name, await runHere([name, '--help'])] as const),
  );
  return new Map(helps.flatMap(([name, { code, stdout }]) => (code === 0 ? [[name, stdout] as const] : [])));
}

/** An empty map or list among the values takes whatever one likes. */
function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Object.keys(value).length === 0) return true;
  const name = key.replace(/[[{].*$/, '');
  return name in value && has((value as Readonly<Record<string, unknown>>)[name], rest);
}
