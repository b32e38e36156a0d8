import { describe, expect, it } from 'vitest';
import { goertzel } from './goertzel.ts';
import { sine } from './synthesis.ts';
import { readWav, WavError, writeWav } from './wav.ts';

describe('WAV', () => {
  it('comes back as it was written', () => {
    const samples = sine(440, 30);
    expect(readWav(writeWav(samples))).toEqual(samples);
  });

  it('is brought to 8 kHz', () => {
    const samples = readWav(writeWav(sine(440, 400), 16_000));
    expect([samples.length, Math.round(goertzel(samples, 880))]).toEqual([1600, -18]);
  });

  it('is refused when it holds something else', () => {
    expect(() => readWav(new Uint8Array(60))).toThrow(WavError);
  });
});
