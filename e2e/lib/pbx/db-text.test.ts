import { expect, it } from 'vitest';
import { dbText } from './db-text.ts';

it('writes a table so that no cell reaches into the next, or into the next row', () => {
  expect(
    dbText({ a: 'int', b: 'string', c: 'string,null' }, [
      [1, 'x:y\\z', ''],
      [2, 'two\nlines', '\t'],
    ]),
  ).toBe(['a(int) b(string) c(string,null)', '1:x\\:y\\\\z:', '2:two\\nlines:\\t', ''].join('\n'));
});
