import { expect, test } from 'vitest';
import { withValuesTable } from './render-values-table.ts';

const readme = `# A chart
<!-- values: generated from values.yaml -->
old
<!-- end of values -->
End.
`;
const values = `
# -- First.
first: ""
group:
  # -- A number, or
  # two | three.
  count: 2
  deeper:
    # -- A list.
    list: []
# -- Whatever fits.
map: { a: 1 }
`;

test('has a row for each commented value, whole maps included', () => {
  expect(withValuesTable(readme, values)).toBe(`# A chart
<!-- values: generated from values.yaml -->
| Value | Type | Default | Means |
|---|---|---|---|
| \`first\` | string | \`""\` | First. |
| \`group.count\` | number | \`2\` | A number, or two \\| three. |
| \`group.deeper.list\` | list | \`[]\` | A list. |
| \`map\` | object | \`{"a":1}\` | Whatever fits. |
<!-- end of values -->
End.
`);
});

test('a value without a comment is an error that names it', () => {
  expect(() => withValuesTable(readme, 'group:\n  # -- Said.\n  a: 1\n  b: 2\n')).toThrow(
    /^group\.b has no comment/,
  );
});

test('so is a README without a place for it', () => {
  expect(() => withValuesTable('# A chart\n', values)).toThrow(/no table of values/);
});
