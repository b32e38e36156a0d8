import { goertzel, sine } from '@medlyssning/e2e/lib/audio/index.ts';
import { expect, it } from 'vitest';
import { highPass } from './high-pass.ts';

it('takes the pilots away and leaves the voices', () => {
  const level = (hz: number) => goertzel(highPass(sine(hz, 1000, -18), 220), hz) + 18;
  expect(level(52)).toBeLessThan(-45);
  expect(level(96)).toBeLessThan(-25);
  expect(level(700)).toBeCloseTo(0, 0);
});
