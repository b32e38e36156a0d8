import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '@medlyssning/tools/real/run-to-end.ts';

/** What schemathesis is to do. */
export interface AskAll {
  /** `http://127.0.0.1:…`. */
  readonly origin: string;
  /** Of those who ask, in turns. What needs a token is asked without one too. */
  readonly tokens: readonly string[];
  readonly seconds: number;
  /** Which routes, a regular expression; that of the events never ends for whoever is let in. */
  readonly routes: string;
  /** A folder of its own for what it writes, within the folder for temporary files. */
  readonly workDir: string;
}

/** What came of it. */
export interface Asked {
  /** Requests that were made up, each checked against the document. */
  readonly requests: number;
  readonly operations: number;
  /** Requests to each operation that were let in: `GET /v1/audit`. */
  readonly accepted: Readonly<Record<string, number>>;
  /** Nothing where all was as the document says; else what was not, for people. */
  readonly complaint: string;
}

interface Report {
  readonly test_cases: { readonly generated: number };
  readonly operations: { readonly tested: number };
  readonly failures: readonly unknown[];
  readonly errors: readonly unknown[];
  readonly valid_rates: Readonly<Record<string, Readonly<Record<string, { readonly accepted: number }>>>>;
}

/**
 * Asks the API whatever its OpenAPI document allows and forbids, and compares each answer with what the document says.
 * @param schemathesis the program
 */
export const askAll = async (
  schemathesis: string,
  { origin, tokens, seconds, routes, workDir }: AskAll,
): Promise<Asked> => {
  const report = join(workDir, 'report.json');
  const args = [
    `--config-file=${join(import.meta.dirname, 'schemathesis.toml')}`,
    'run',
    `${origin}/v1/openapi.json`,
    '--phases=coverage,fuzzing,stateful',
    `--max-time=${seconds}`,
    '--continue-on-failure',
    '--request-timeout=10',
    '--generation-database=none',
    '--no-color',
    `--report-json-path=${report}`,
    `--include-path-regex=${routes}`,
  ];
  const hooks = [
    `PYTHONPATH=${import.meta.dirname}`,
    'SCHEMATHESIS_HOOKS=hooks',
    `TOKENS=${tokens.join(' ')}`,
    'PYTHONDONTWRITEBYTECODE=1',
  ];
  const { ok, output } = await runToEnd(
    { file: 'env', args: [`--chdir=${workDir}`, ...hooks, schemathesis, ...args] },
    { keepLines: 300 },
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) throw new Error(`schemathesis left no report:\n${output}`);
  const { test_cases, operations, failures, errors, valid_rates } = JSON.parse(text) as Report;
  const isClean = ok && failures.length === 0 && errors.length === 0;
  return {
    requests: test_cases.generated,
    operations: operations.tested,
    accepted: Object.fromEntries(
      Object.entries(valid_rates).map(([operation, phases]) => [
        operation,
        Object.values(phases).reduce((sum, { accepted }) => sum + accepted, 0),
      ]),
    ),
    complaint: isClean ? '' : output,
  };
};
