import { sampleRate } from './recording.ts';

/** The level of silence: below anything 16 bits can hold. */
export const silenceDb = -120;

/**
 * Level of one frequency in the samples, dB relative to a full-scale sine (0 dB: amplitude 32768). Goertzel's
 * algorithm under a Hann window, so that a neighbour 2/T Hz away (T: seconds of samples) leaks less than -30 dB.
 */
export function goertzel(samples: Int16Array, hz: number): number {
  const count = samples.length;
  if (count < 2) return silenceDb;
  const turn = 2 * Math.cos((2 * Math.PI * hz) / sampleRate);
  const hann = (2 * Math.PI) / (count - 1);
  let [before, beforeThat] = [0, 0];
  for (let n = 0; n < count; n += 1) {
    const now = (samples[n] ?? 0) * (0.5 - 0.5 * Math.cos(hann * n)) + turn * before - beforeThat;
    beforeThat = before;
    before = now;
  }
  const power = before * before + beforeThat * beforeThat - turn * before * beforeThat;
  // A sine of amplitude A sums to A·count/4 under a Hann window, whose mean is one half.
  return decibels((4 * Math.sqrt(Math.max(0, power))) / count / 32768);
}

/** Level of everything in the samples, dB: 0 is a full-scale sine's RMS. */
export function loudness(samples: Int16Array): number {
  if (samples.length === 0) return silenceDb;
  const square = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return decibels((Math.SQRT2 * Math.sqrt(square)) / 32768);
}

function decibels(amplitude: number): number {
  return Math.max(silenceDb, 20 * Math.log10(Math.max(amplitude, 1e-6)));
}
