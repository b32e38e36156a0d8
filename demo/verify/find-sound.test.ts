import { mixed, sine } from '@medlyssning/e2e/lib/audio/index.ts';
import { expect, it } from 'vitest';
import { findSound } from './find-sound.ts';

const sound = Int16Array.from([...sine(660, 60), ...sine(880, 60)]);
const voice = mixed(sine(500, 600, -20), sine(730, 600, -22));

it('finds the sound in the middle of a voice, and when it was', () => {
  const samples = Int16Array.from([...voice.subarray(0, 2000), ...sound, ...voice.subarray(2960)]);
  const found = findSound({ startedAt: 5000, samples }, sound, { from: 5100, to: 5500 });
  expect(found.likeness).toBeCloseTo(1, 2);
  expect(found.at).toBeCloseTo(5250, 0);
});

it('finds little of it in a voice alone, and nothing in silence', () => {
  expect(findSound({ startedAt: 0, samples: voice }, sound, {}).likeness).toBeLessThan(0.5);
  expect(findSound({ startedAt: 0, samples: new Int16Array(4000) }, sound, {}).likeness).toBe(0);
});
