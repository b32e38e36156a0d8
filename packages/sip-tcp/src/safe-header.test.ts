import fc from 'fast-check';
import { expect, it } from 'vitest';
import { header, oneLine } from './safe-header.ts';

it('keeps a hostile name from becoming a header of its own', () => {
  expect(header('Subject', 'Anna\r\nX-Device: desk')).toBe('Subject: Anna X-Device: desk');
});

it('is one line, whatever goes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
      expect(oneLine(text)).not.toMatch(/[\0-\x1f\x7f]/);
    }),
    { numRuns: 200 },
  );
});
