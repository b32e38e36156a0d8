import { relative } from 'node:path';
import type { TestReport } from './test-totals.ts';

const linesOfEach = 12;

/**
 * Says once more, at the end of a long log, what failed: file, test and the first lines of each message. Skipped tests are named where
 * nothing may be left out, since they count as failed there.
 * @param root the folder that the files are named from
 * @returns one text per failure, of at most 13 lines
 */
export function failedTests(
  reports: readonly (TestReport | undefined)[],
  strict: boolean,
  root: string,
): readonly string[] {
  return reports.flatMap((report) =>
    (report?.testResults ?? []).flatMap((file) => failedIn(file, strict, root)),
  );
}

function failedIn(file: TestReport['testResults'][number], strict: boolean, root: string): readonly string[] {
  const name = relative(root, file.name);
  const failed = file.assertionResults.filter(({ status }) => status === 'failed');
  const skipped = strict
    ? file.assertionResults.filter(({ status }) => status === 'pending' || status === 'todo')
    : [];
  if (file.status === 'failed' && failed.length === 0) return [`${name}\n${indented(file.message)}`];
  return [
    ...failed.map((test) => `${name} > ${test.fullName}\n${indented(test.failureMessages.join('\n'))}`),
    ...skipped.map((test) => `${name} > ${test.fullName}\n    was skipped`),
  ];
}

function indented(message: string): string {
  const lines = message.split('\n').slice(0, linesOfEach);
  return lines.map((line) => `    ${line}`).join('\n');
}
