import { expect, it } from 'vitest';
import { withTable } from './document.ts';
import type { Machine } from './machine.ts';

const machine: Machine = {
  cpu: 'Abacus 3',
  cores: 2,
  memory: 8,
  kernel: 'Linux 6.1.0 x64',
  node: 'v24.0.0',
  rtpengine: '26.0.1',
  kamailio: '6.1.5',
  loadBefore: 0.42,
};
const measured = {
  name: 'ng-client',
  date: '2026-01-31',
  machine,
  rows: [{ name: 'requests', value: 7, unit: '/s' }],
};
const document = [
  '# Benchmarks',
  '<!-- bench:ng-client:begin (made by `npm run bench -- --write`) -->',
  'old',
  '<!-- bench:ng-client:end -->',
  'What it means.',
].join('\n');

it('puts date, machine and table between the markers and leaves the rest', () => {
  const written = withTable(document, measured);
  expect(written.split('\n')).toEqual([
    '# Benchmarks',
    '<!-- bench:ng-client:begin (made by `npm run bench -- --write`) -->',
    'Measured 2026-01-31 on Abacus 3 · 2 cores · 8 GiB · Linux 6.1.0 x64 · Node 24.0.0 · rtpengine 26.0.1 · Kamailio 6.1.5 · load before 0.4.',
    '',
    '| measured | value | unit | target |  |',
    '| --- | --: | --- | --- | --- |',
    '| requests | 7 | /s |  |  |',
    '<!-- bench:ng-client:end -->',
    'What it means.',
  ]);
  expect(withTable(written, measured)).toBe(written);
});

it.each([
  ['no markers', 'What it means.'],
  ['one marker', document.replace('<!-- bench:ng-client:end -->', '')],
  ['markers in the wrong order', document.split('\n').toReversed().join('\n')],
  ['markers twice', `${document}\n${document}`],
])('does not touch a document with %s', (_, text) => {
  expect(() => withTable(text, measured)).toThrow('once each');
});
