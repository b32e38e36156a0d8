import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCrds } from './read-crds.ts';
import { renderSchemas } from './render-schemas.ts';
import { renderTypes } from './render-types.ts';

/** Writes types and schemas from crds/. With --check it writes nothing and exits 1 where output would differ. */
function main(check: boolean): number {
  const root = join(import.meta.dirname, '../..');
  const folder = join(root, 'packages/policy/src/generated');
  const crds = readCrds(join(root, 'crds'));
  const outputs = { 'resources.ts': renderTypes(crds), 'schemas.ts': renderSchemas(crds) };
  const stale = Object.entries(outputs).filter(([name, text]) => {
    const file = join(folder, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (check) {
    for (const [name] of stale)
      console.error(`generated/${name} is not what crds/ gives: run npm run generate.`);
    return stale.length === 0 ? 0 : 1;
  }
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  console.log(stale.length === 0 ? 'Nothing to do.' : `Wrote ${stale.map(([name]) => name).join(', ')}.`);
  return 0;
}

process.exitCode = main(process.argv.includes('--check'));
