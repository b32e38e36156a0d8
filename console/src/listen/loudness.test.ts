import { expect, it } from 'vitest';
import { loudness } from './loudness.ts';

const sine = (amplitude: number) =>
  Float32Array.from({ length: 800 }, (_, n) => amplitude * Math.sin((2 * Math.PI * n) / 20));

it('goes from nothing at -60 dB to 1 at full scale, evenly in dB', () => {
  expect(loudness(new Float32Array(800))).toBe(0);
  expect(loudness(sine(0.0001))).toBe(0);
  expect(loudness(sine(Math.SQRT2))).toBeCloseTo(1, 3);
  expect(loudness(sine(Math.SQRT2 / 10))).toBeCloseTo(2 / 3, 3);
});
