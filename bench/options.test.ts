import { expect, it } from 'vitest';
import { help, parseOptions } from './options.ts';

const parse = (...args: string[]) => parseOptions(args, ['decide', 'observer']);

it('runs everything and shows a table when nothing is said', () => {
  expect(parse()).toEqual({ kind: 'run', only: undefined, json: false, write: false });
});

it('takes the name of one bench', () => {
  expect(parse('--only', 'decide', '--json')).toEqual({
    kind: 'run',
    only: 'decide',
    json: true,
    write: false,
  });
});

it.each([
  [['--only', 'decode'], 'There is no bench "decode"; there are decide, observer.'],
  [['--fast'], '--fast'],
  [['decide'], 'decide'],
])('does not run on %j, and says why', (args, message) => {
  expect(parse(...args)).toEqual({ kind: 'wrong', message: expect.stringContaining(message) });
});

it('says in --help which benches there are', () => {
  expect(parse('--help', '--only', 'decode')).toEqual({ kind: 'help' });
  expect(help([{ name: 'decide', about: 'one decision' }])).toContain('decide        one decision\n');
});
