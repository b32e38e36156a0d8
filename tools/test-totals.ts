/** What of vitest's JSON report (`--reporter=json`) is counted and told here. */
export interface TestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
  readonly testResults: readonly {
    /** The file's path. */
    readonly name: string;
    readonly status: string;
    /** Why the file itself failed; empty where it did not. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      /** The names of the groups around it and its own. */
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Adds up the reports of several runs.
 * A file that failed without a failed test (it could not be loaded, or a hook failed) counts as one failure, as does a run without a
 * report and one that failed for no counted reason (an error outside any test).
 * @param strict skipped tests count as failed
 */
export function testTotals(reports: readonly (TestReport | undefined)[], strict: boolean): TestTotals {
  const totals = reports.map((report) => totalsOf(report, strict));
  return {
    passed: totals.reduce((sum, { passed }) => sum + passed, 0),
    failed: totals.reduce((sum, { failed }) => sum + failed, 0),
  };
}

function totalsOf(report: TestReport | undefined, strict: boolean): TestTotals {
  if (report === undefined) return { passed: 0, failed: 1 };
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const skipped = strict ? report.numPendingTests + report.numTodoTests : 0;
  const failed = report.numFailedTests + brokenFiles + skipped;
  const passed = report.numPassedTests;
  const silentlyFailed = !report.success && failed === 0 && passed + report.testResults.length > 0;
  return { passed, failed: silentlyFailed ? 1 : failed };
}
