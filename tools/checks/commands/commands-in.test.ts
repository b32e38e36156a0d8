import { expect, test } from 'vitest';
import { commandsIn, unknownPrograms } from './commands-in.ts';

const found = (markdown: string) =>
  commandsIn(markdown).map(({ line, words }) => `${line} ${words.join(' ')}`);

test('commands stand in blocks of shell, in consoles after the prompt, and in text and other blocks where they begin with a program', () => {
  const markdown = [
    '`npm run a` and `npm` and `two words`,',
    '`kubectl apply',
    '-f x`',
    '```sh',
    'helm install \\',
    '  b',
    '```',
    '```console',
    '$ npx c',
    'npx output',
    '```',
    '```',
    'npm run d   # says',
    '┌ picture',
    '```',
    '    kubectl e',
  ].join('\n');
  expect(found(markdown).toSorted()).toEqual([
    '1 npm run a',
    '13 npm run d',
    '16 kubectl e',
    '2 kubectl apply -f x',
    '5 helm install b',
    '9 npx c',
  ]);
});

test('what a block of shell begins a line with has to be known', () => {
  expect(unknownPrograms('```sh\nnpm ci\nA=b gone now\n```')).toEqual([{ line: 3, words: ['gone', 'now'] }]);
  expect(unknownPrograms('```\ngone now\n```')).toEqual([]);
});
