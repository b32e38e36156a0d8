import { goertzel } from './goertzel.ts';
import { type Recording, samplesIn, type Window } from './recording.ts';

/**
 * From this level on a tone counts as heard, dB. Phones send at -18 dB (`defaultToneDb`); a mixer may take some
 * dB away; G.711 leaves less than -55 dB at any frequency not sent. -36 dB lies 18 dB under the one and near 20 dB
 * over the other.
 */
export const heardDb = -36;

/** A shorter stretch cannot tell tones apart; asking about one is a mistake of the test. */
export const shortestWindowMs = 100;

/** What to listen for. */
export interface Listening extends Window {
  /** Frequencies, Hz. */
  readonly tones: readonly number[];
}

/**
 * Which tones are heard in a window: `{ 440: true, 880: false }`.
 * @throws RangeError when the recording holds less than 100 ms of the window.
 */
export function hears(
  recording: Recording,
  { tones, ...window }: Listening,
): Readonly<Record<number, boolean>> {
  const levels = toneLevels(recording, { tones, ...window });
  return Object.fromEntries(tones.map((hz) => [hz, (levels[hz] ?? heardDb - 1) >= heardDb]));
}

/** Level of each tone in a window, dB. @throws RangeError as `hears`. */
export function toneLevels(
  recording: Recording,
  { tones, ...window }: Listening,
): Readonly<Record<number, number>> {
  const samples = samplesIn(recording, window);
  if (samples.length < shortestWindowMs * 8) {
    throw new RangeError(
      `The recording holds ${samples.length / 8} ms of the window; ask about ${shortestWindowMs} or more.`,
    );
  }
  return Object.fromEntries(tones.map((hz) => [hz, goertzel(samples, hz)]));
}

/** A tone's level over time, one value for each step: to find when it began or ended. */
export function toneTrack(recording: Recording, hz: number, stepMs = 20): readonly number[] {
  const step = stepMs * 8;
  const steps = Math.floor(recording.samples.length / step);
  return Array.from({ length: steps }, (_, n) =>
    goertzel(recording.samples.subarray(n * step, (n + 1) * step), hz),
  );
}
