import { expect, it } from 'vitest';
import { help, parseOptions } from './options.ts';

it.each([
  [[], { kind: 'run', out: 'demo-output', keep: false, json: false }],
  [['--json', '--out', 'heard'], { kind: 'run', out: 'heard', keep: false, json: true }],
  [['--keep'], { kind: 'run', out: 'demo-output', keep: true, json: false }],
  [['--help', '--json'], { kind: 'help' }],
])('reads %j', (args, options) => {
  expect(parseOptions(args)).toEqual(options);
});

it.each([[['--kep']], [['--out']], [['--out=']], [['anna']]])('refuses %j and says why', (args) => {
  expect(parseOptions(args)).toEqual({ kind: 'wrong', message: expect.stringMatching(/--|anna/) });
});

it('has a help text for 80 columns', () => {
  expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
