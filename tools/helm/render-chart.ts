import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from '../control-plane/yaml-files.ts';
import { runToEnd } from '../real/run-to-end.ts';
import { ensureHelm, type HelmMajor } from './ensure-helm.ts';

const charts = join(import.meta.dirname, '..', '..', 'charts');

export interface RenderOptions {
  /** A folder of charts/. */
  readonly chart: string;
  readonly values?: unknown;
  /** More arguments of `helm template`. */
  readonly args?: readonly string[];
  readonly namespace?: string;
  /** Name of the release. */
  readonly release?: string;
  readonly helm?: HelmMajor;
}

/** Helm took the chart or its values for wrong; the message is Helm's. */
export class RenderFailed extends Error {
  override readonly name = 'RenderFailed';
  readonly reason = 'RenderFailed';
}

/**
 * The objects of a chart with these values, as `helm template` writes them, hooks included.
 * @throws RenderFailed, HelmUnavailable
 */
export async function renderChart(options: RenderOptions): Promise<readonly Manifest[]> {
  const text = await renderText(options);
  return parseAllDocuments(text).flatMap((document): Manifest[] => {
    const [error] = document.errors;
    if (error !== undefined) throw new RenderFailed(`${options.chart} renders no YAML: ${error.message}`);
    const value: Manifest | null = document.toJS();
    return value === null ? [] : [value];
  });
}

/** The same as text. */
export async function renderText({
  chart,
  values = {},
  args = [],
  namespace = 'medlyssning-system',
  release = 'medlyssning',
  helm = 4,
}: RenderOptions): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'medlyssning-chart-'));
  try {
    const file = join(folder, 'values.json');
    writeFileSync(file, JSON.stringify(values));
    const { ok, output } = await runToEnd(
      {
        file: await ensureHelm(helm),
        args: ['template', release, join(charts, chart), `--namespace=${namespace}`, '-f', file, ...args],
      },
      { keepLines: 1_000_000 },
    );
    if (!ok) throw new RenderFailed(output);
    return output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
