import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringAll } from './bring-all.ts';
import { ensureChosenCluster } from './cluster/chosen-cluster.ts';
import { ensureKubernetes } from './control-plane/kubernetes-binaries.ts';
import { failedTests } from './failed-tests.ts';
import { ensureParts } from './real/parts.ts';
import { type TestReport, testTotals } from './test-totals.ts';

/**
 * `npm test`: the unit tests, then the tests on real parts, then those on a control plane of Kubernetes, then those in real pods.
 * Arguments go to vitest, for example `npm test -- --project unit` or `npm test -- sip`. What failed is told once more at the end; the
 * last line is `N passed, N failed`. With CI set in the environment nothing may be left out: a skipped test, a missing real part,
 * control plane or node is a failure.
 */
const projectRoot = join(import.meta.dirname, '..');
const passedOn = process.argv.slice(2);
const inCi = (process.env['CI'] ?? '') !== '';

const chosen = passedOn.some((arg) => arg.startsWith('--project'));
const runs = chosen
  ? [passedOn]
  : ['unit', 'e2e', 'cluster', 'e2e-cluster', 'pods'].map((project) => ['--project', project, ...passedOn]);
const asksFor = (project: string) => runs.some((args) => args.join(' ').includes(project));

const tell = (line: string) => console.error(line);
const partsMissing = !(await isThere(() => ensureParts(tell)));
const controlPlaneMissing =
  asksFor('cluster') && !partsMissing && !(await isThere(() => ensureKubernetes(tell)));
const nodeMissing = asksFor('pods') && (partsMissing || !(await isThere(() => ensureChosenCluster(tell))));
const isWhole = passedOn.every((arg, i) => arg.startsWith('--project') || passedOn[i - 1] === '--project');
if (isWhole) await bringAll(asksFor, tell);

const folder = mkdtempSync(join(tmpdir(), 'medlyssning-test-'));
const reports: (TestReport | undefined)[] = [];
for (const [i, args] of runs.entries()) {
  const is = (project: string) => args.join(' ').includes(project);
  if (partsMissing && is('e2e') && !inCi) console.error('The tests on real parts are left out.');
  else if ((partsMissing || controlPlaneMissing) && is('cluster') && !inCi)
    console.error('The tests on a control plane of Kubernetes are left out.');
  else if (nodeMissing && is('pods') && !inCi) console.error('The tests on real pods are left out.');
  else reports.push(await vitest(args, join(folder, `${i}.json`)));
}
rmSync(folder, { recursive: true });

for (const text of failedTests(reports, inCi, projectRoot)) console.log(`Failed: ${text}`);
const { passed, failed } = testTotals(reports, inCi);
if (failed > 0 || passed === 0) process.exitCode = 1;
console.log(`${passed} passed, ${failed} failed`);

/** Whether what the tests need could be brought here; if not, it is said why. */
async function isThere(bring: () => Promise<unknown>): Promise<boolean> {
  try {
    await bring();
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

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
