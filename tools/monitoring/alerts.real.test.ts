import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureParts } from '@medlyssning/tools/real/parts.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { runToEnd } from '../real/run-to-end.ts';
import { type AlertCase, alertCases } from './alert-cases.ts';
import { alertFiles, readAlerts } from './read-monitoring.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'medlyssning-alerts-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const promtool = async (...args: readonly string[]) =>
  runToEnd((await ensureParts()).command('promtool', args, folder));

it('has a case for each alert', () =>
  expect(Object.keys(alertCases).sort()).toEqual(
    readAlerts()
      .map(({ alert }) => alert)
      .sort(),
  ));

it('is read by Prometheus', async () => {
  const { ok, output } = await promtool('check', 'rules', '--lint=all', '--lint-fatal', ...alertFiles);
  expect(ok, output).toBe(true);
});

/** promtool compares alerts whole; which of them fire is asked by the series that it makes of them. */
const test = (alert: string, series: AlertCase['fires'], atMinute: number, count: number) => ({
  interval: '1m',
  input_series: series.map(([name, values]) => ({ series: name, values })),
  promql_expr_test: [
    {
      expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
      eval_time: `${atMinute}m`,
      exp_samples: [{ labels: '{}', value: count }],
    },
  ],
});

it('fires when it should, and not when not', async () => {
  const tests = Object.entries(alertCases).flatMap(([alert, { fires, quiet, atMinute }]) => [
    test(alert, fires, atMinute, 1),
    test(alert, quiet, atMinute, 0),
  ]);
  const file = join(folder, 'tests.yaml');
  await writeFile(file, stringify({ rule_files: alertFiles, evaluation_interval: '1m', tests }));
  const { ok, output } = await promtool('test', 'rules', file);
  expect(ok, output).toBe(true);
});
