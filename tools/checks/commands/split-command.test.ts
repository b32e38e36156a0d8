import { expect, test } from 'vitest';
import { splitCommand } from './split-command.ts';

test.each([
  ['npm run demo -- --keep   # listen', [['npm', 'run', 'demo', '--', '--keep']]],
  ['a "b c" \'d|e\' f="g h"', [['a', 'b c', 'd|e', 'f=g h']]],
  ['a | b && c; d', [['a'], ['b'], ['c'], ['d']]],
  [
    'source <(medlyssning completion bash)',
    [
      ['source', '$()'],
      ['medlyssning', 'completion', 'bash'],
    ],
  ],
  [
    'echo "x$(openssl rand 32)"',
    [
      ['echo', 'x$(openssl rand 32)'],
      ['openssl', 'rand', '32'],
    ],
  ],
  ['a --x=b#c', [['a', '--x=b#c']]],
])('%s', (line, words) => {
  expect(splitCommand(line)).toEqual(words);
});
