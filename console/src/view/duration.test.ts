import { expect, it } from 'vitest';
import { duration } from './duration.ts';

it.each([
  [-900, '0:00'],
  [65_999, '1:05'],
  [3_725_000, '1:02:05'],
])('%d ms are %s', (ms, text) => expect(duration(ms)).toBe(text));
