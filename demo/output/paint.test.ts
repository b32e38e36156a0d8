import { expect, it } from 'vitest';
import { coloured, paintFor, plain } from './paint.ts';

it.each([
  [{ isTTY: true }, {}, coloured],
  [{ isTTY: true }, { NO_COLOR: '1' }, plain],
  [{ isTTY: true }, { TERM: 'dumb' }, plain],
  [{}, {}, plain],
])('for %j and %j', (stream, env, paint) => {
  expect(paintFor(stream, env)).toBe(paint);
});
