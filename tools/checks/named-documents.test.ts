import { expect, test } from 'vitest';
import { missingDocumentsIn } from './named-documents.ts';

// Put together, so that this file names none itself.
const gone = ['docs', 'gone.md'].join('/');

test('a document that is named and not there is told of, with its line', () => {
  const text = `// as ${['docs', 'there.md'].join('/')} says\n// see ${gone}.\n// other/${gone}`;
  expect(missingDocumentsIn('a.ts', text, (path) => path !== gone)).toEqual([
    { file: 'a.ts', line: 2, path: gone },
  ]);
});
