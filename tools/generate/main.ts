import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderExplain } from '@medlyssning/cli/document/render-explain.ts';
import { renderApi } from './api/render-api.ts';
import { readCrds } from './read-crds.ts';
import { renderArgocdCm } from './render-argocd-cm.ts';
import { renderMetrics } from './render-metrics.ts';
import { withReasons } from './render-reasons.ts';
import { renderSchemas } from './render-schemas.ts';
import { renderTypes } from './render-types.ts';
import { withValuesTable } from './render-values-table.ts';

/** Writes types, schemas, the API reference and the chart's copy from crds/, and what explain, metrics and reasons say. With --check it writes nothing and exits 1 where output would differ. */
async function main(check: boolean): Promise<number> {
  const root = join(import.meta.dirname, '../..');
  const crds = readCrds(join(root, 'crds'));
  const outputs = {
    'packages/policy/src/generated/resources.ts': renderTypes(crds),
    'packages/policy/src/generated/schemas.ts': renderSchemas(crds),
    'docs/api.md': renderApi(crds),
    'docs/explain.md': await renderExplain(),
    'docs/glossary.md': withReasons(readFileSync(join(root, 'docs/glossary.md'), 'utf8')),
    'docs/metrics.md': await renderMetrics(),
    ...chartCopies(root),
    ...chartTables(root),
    'examples/gitops/argocd/argocd-cm.yaml': renderArgocdCm(
      readFileSync(join(root, 'charts/medlyssning/files/argocd/health.lua'), 'utf8'),
    ),
  };
  const stale = Object.entries(outputs).filter(([name, text]) => {
    const file = join(root, name);
    return !existsSync(file) || readFileSync(file, 'utf8') !== text;
  });
  if (check) {
    for (const [name] of stale)
      console.error(`${name} is not what it is generated from: run npm run generate.`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const [name, text] of stale) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  console.log(stale.length === 0 ? 'Nothing to do.' : `Wrote ${stale.map(([name]) => name).join(', ')}.`);
  return 0;
}

/** Helm packs what lies in the folder of the chart and nothing else, so the definitions lie there too. */
function chartCopies(root: string): Readonly<Record<string, string>> {
  const copies = readdirSync(join(root, 'crds')).map((file) => {
    const text = readFileSync(join(root, 'crds', file), 'utf8');
    return [`charts/medlyssning/files/crds/${file}`, text] as const;
  });
  return Object.fromEntries(copies);
}

function chartTables(root: string): Readonly<Record<string, string>> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const charts = ['charts/medlyssning', 'charts/medlyssning-tenant'];
  return Object.fromEntries(
    charts.map((chart) => [
      `${chart}/README.md`,
      withValuesTable(read(`${chart}/README.md`), read(`${chart}/values.yaml`)),
    ]),
  );
}

process.exitCode = await main(process.argv.includes('--check'));
