import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureParts } from './real/parts.ts';
import { type TestReport, testTotals } from './test-totals.ts';

/**
 * `npm test`: the unit tests, then the tests on real parts. Arguments go to vitest, for example `npm test -- --project unit` or
 * `npm test -- sip`. The last line is `N passed, N failed`. With CI set in the environment nothing may be left out: a skipped test or a
 * missing real part is a failure.
 */
const projectRoot = join(import.meta.dirname, '..');
const passedOn = process.argv.slice(2);
const inCi = (process.env['CI'] ?? '') !== '';

const chosen = passedOn.some((arg) => arg.startsWith('--project'));
const runs = chosen ? [passedOn] : ['unit', 'e2e'].map((project) => ['--project', project, ...passedOn]);

let partsMissing = false;
try {
  await ensureParts((line) => console.error(line));
} catch (error) {
  partsMissing = true;
  console.error(error instanceof Error ? error.message : error);
}

const folder = mkdtempSync(join(tmpdir(), 'medlyssning-test-'));
const reports: (TestReport | undefined)[] = [];
for (const [i, args] of runs.entries()) {
  const isE2e = args.join(' ').includes('e2e');
  if (partsMissing && isE2e && !inCi) console.error('The tests on real parts are left out.');
  else reports.push(await vitest(args, join(folder, `${i}.json`)));
}
rmSync(folder, { recursive: true });

const { passed, failed } = testTotals(reports, inCi);
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);

/** Runs vitest once and returns its report, or undefined when it left none. */
async function vitest(args: readonly string[], reportFile: string): Promise<TestReport | undefined> {
  const entry = join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const reporting = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    '--passWithNoTests',
  ];
  const command = ['--pdeathsig', 'KILL', process.execPath, entry, 'run', ...reporting, ...args];
  await new Promise((resolve, reject) => {
    const child = spawn('setpriv', command, { cwd: projectRoot, stdio: 'inherit' });
    child.once('exit', resolve);
    child.once('error', reject);
  });
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
  } catch {
    return undefined;
  }
}
