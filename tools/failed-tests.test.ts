import { expect, test } from 'vitest';
import { failedTests } from './failed-tests.ts';
import type { TestReport } from './test-totals.ts';

const result = (status: string, fullName: string, failureMessages: readonly string[] = []) => ({
  status,
  fullName,
  failureMessages,
});
const report = (...testResults: TestReport['testResults']): TestReport => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  success: false,
  testResults,
});

test('names the file and the test, with the first lines of the message', () => {
  const message = Array.from({ length: 40 }, (_, i) => `line ${i}`).join('\n');
  const file = {
    name: '/a/e2e/hold.test.ts',
    status: 'failed',
    message: '',
    assertionResults: [result('passed', 'rings'), result('failed', 'is held', [message])],
  };
  const [text, ...more] = failedTests([report(file)], false, '/a');
  expect(more).toEqual([]);
  expect(text?.split('\n')[0]).toBe('e2e/hold.test.ts > is held');
  expect(text).toContain('    line 11');
  expect(text).not.toContain('line 12');
});

test('names a file that could not be loaded, by its own message', () => {
  const file = { name: '/a/x.test.ts', status: 'failed', message: 'no such module', assertionResults: [] };
  expect(failedTests([undefined, report(file)], false, '/a')).toEqual(['x.test.ts\n    no such module']);
});

test('names what was skipped where nothing may be left out', () => {
  const file = {
    name: '/a/x.test.ts',
    status: 'passed',
    message: '',
    assertionResults: [result('pending', 'one'), result('todo', 'two'), result('passed', 'three')],
  };
  expect(failedTests([report(file)], false, '/a')).toEqual([]);
  expect(failedTests([report(file)], true, '/a')).toEqual([
    'x.test.ts > one\n    was skipped',
    'x.test.ts > two\n    was skipped',
  ]);
});
