import { describe, expect, it } from 'vitest';
import { atMost, type BenchRow, exactly } from '../bench-row.ts';
import { markdownTable, showValue, textTable } from './table.ts';

const rows: readonly BenchRow[] = [
  { name: 'first audio, p50', value: 38.2345, unit: 'ms', target: atMost(45) },
  { name: 'requests', value: 8653.2, unit: '/s' },
  { name: 'events lost', value: 2, unit: 'of 90', target: exactly(0) },
];

it.each([
  [0.8534, '0.853'],
  [38.2345, '38.2'],
  [99.96, '100'],
  [8653.2, '8,653'],
  [0, '0'],
])('shows %d as %s', (value, shown) => {
  expect(showValue(value)).toBe(shown);
});

describe('a table of what was measured', () => {
  it('is aligned for a terminal', () => {
    expect(textTable(rows)).toBe(
      [
        'measured          value  unit   target',
        'first audio, p50   38.2  ms     ≤ 45    met',
        'requests          8,653  /s',
        'events lost           2  of 90  0       missed',
      ].join('\n'),
    );
  });

  it('is Markdown for the document, with what missed its target in bold', () => {
    expect(markdownTable(rows)).toBe(
      [
        '| measured | value | unit | target |  |',
        '| --- | --: | --- | --- | --- |',
        '| first audio, p50 | 38.2 | ms | ≤ 45 | met |',
        '| requests | 8,653 | /s |  |  |',
        '| events lost | 2 | of 90 | 0 | **missed** |',
      ].join('\n'),
    );
  });
});
