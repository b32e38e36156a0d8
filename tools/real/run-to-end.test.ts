import { expect, test } from 'vitest';
import { runToEnd } from './run-to-end.ts';

const shell = (script: string) => ({ file: 'sh', args: ['-c', script] });

test('a program is run to its end, and its lines are told', async () => {
  const told: string[] = [];
  const outcome = await runToEnd(shell('echo one; echo two >&2; echo three'), {
    onLine: (line) => told.push(line),
    keepLines: 3,
  });
  expect(told.toSorted()).toEqual(['one', 'three', 'two']);
  expect(outcome.ok).toBe(true);
  expect(outcome.output.split('\n').toSorted()).toEqual(['one', 'three', 'two']);
});

test('a failure keeps the last lines', async () => {
  expect(await runToEnd(shell('echo a; echo b; exit 2'), { keepLines: 1 })).toEqual({
    ok: false,
    output: 'b',
  });
});
