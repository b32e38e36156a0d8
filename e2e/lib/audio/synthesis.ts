import { sampleRate } from './recording.ts';

/** Level phones send their tone at, dB under a full-scale sine. Two mixed stay far from clipping. */
export const defaultToneDb = -18;

/** `ms` of a sine, PCM16. `start`: the sample it begins at, for one tone made in pieces. */
export function sine(hz: number, ms: number, db: number = defaultToneDb, start = 0): Int16Array {
  const amplitude = 32767 * 10 ** (db / 20);
  const step = (2 * Math.PI * hz) / sampleRate;
  const length = Math.round((ms * sampleRate) / 1000);
  return Int16Array.from({ length }, (_, n) => Math.round(amplitude * Math.sin(step * (start + n))));
}

/** The sum of several, as long as the longest, clipped as a mixer would. */
export function mixed(...parts: readonly Int16Array[]): Int16Array {
  const length = Math.max(0, ...parts.map((part) => part.length));
  return Int16Array.from({ length }, (_, n) => {
    const sum = parts.reduce((total, part) => total + (part[n] ?? 0), 0);
    return Math.max(-32768, Math.min(32767, sum));
  });
}
