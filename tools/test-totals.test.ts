import { expect, test } from 'vitest';
import { type TestReport, testTotals } from './test-totals.ts';

const report = (more: Partial<TestReport>): TestReport => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  success: true,
  testResults: [],
  ...more,
});
const result = (status: string) => ({ status, fullName: 'rings', failureMessages: [] });
const file = { name: '/a/x.test.ts', status: 'failed', message: '' };
const brokenFile = { ...file, assertionResults: [] };
const failedFile = { ...file, assertionResults: [result('failed'), result('passed')] };

test.each([
  ['runs are added up', [report({ numPassedTests: 2 }), report({ numPassedTests: 3 })], false, 5, 0],
  [
    'a failed test',
    [report({ numPassedTests: 1, numFailedTests: 1, success: false, testResults: [failedFile] })],
    false,
    1,
    1,
  ],
  ['a file that could not be loaded', [report({ success: false, testResults: [brokenFile] })], false, 0, 1],
  ['a run without a report', [report({ numPassedTests: 2 }), undefined], false, 2, 1],
  ['an error outside any test', [report({ numPassedTests: 2, success: false })], false, 2, 1],
  ['skipped tests', [report({ numPassedTests: 2, numPendingTests: 1, numTodoTests: 1 })], false, 2, 0],
  [
    'skipped tests where nothing may be left out',
    [report({ numPassedTests: 2, numPendingTests: 1, numTodoTests: 1 })],
    true,
    2,
    2,
  ],
  ['a run that found no tests', [report({ numPassedTests: 2 }), report({})], false, 2, 0],
] as const)('%s', (_, reports, strict, passed, failed) => {
  expect(testTotals(reports, strict)).toEqual({ passed, failed });
});
