import { expect, test } from 'vitest';
import { withReasons } from './render-reasons.ts';

const marks = '<!-- reasons:begin (made by `npm run generate`) -->\nold\n<!-- reasons:end -->';

test('the reasons stand between the marks, in both languages, and the rest is left alone', () => {
  const made = withReasons(`before\n${marks}\nafter`);
  expect(made).toMatch(/^before\n<!-- reasons:begin/);
  expect(made).toMatch(/<!-- reasons:end -->\nafter$/);
  expect(made).toContain('| `CallEnded` | Samtalet tog slut. | The call ended. |');
  expect(made).not.toContain('old');
  expect(withReasons(made)).toBe(made);
});

test('a glossary without the marks is told of', () => {
  expect(() => withReasons('nothing')).toThrow(/no lines/);
});
