import { heardDb, partyTone, type Recording, samplesIn, toneLevels, type Window } from '../audio/index.ts';
import { type AudioSource, tone } from '../rtp/index.ts';

/** People with a tone each, told apart by it. */
export interface Voices {
  readonly of: (name: string) => AudioSource;
  /**
   * Whose voices a recording holds most of the time, in the order in which they were named.
   * @throws RangeError where it holds less than 100 ms of the window
   */
  readonly in: (recording: Recording, window?: Window) => readonly string[];
}

/** Long enough to tell tones 9 Hz apart. */
const pieceSamples = 0.3 * 8000;

/**
 * Gives each of up to 40 names a tone. Levels are medians over pieces of 0.3 s: a phone or engine that stumbles on a busy
 * machine leaves a hole, and the click of a hole smears over neighbouring tones, but a voice is there all the time.
 */
export const voices = (...names: readonly string[]): Voices => {
  const tones = names.map((_, n) => partyTone(n));
  return {
    of: (name) => tone(partyTone(names.indexOf(name))),
    in: (recording, window) => {
      const samples = samplesIn(recording, window);
      const count = Math.max(1, Math.floor(samples.length / pieceSamples));
      const pieces = Array.from({ length: count }, (_, n) => {
        const from = Math.floor((n * samples.length) / count);
        const piece = samples.subarray(from, Math.floor(((n + 1) * samples.length) / count));
        return toneLevels({ startedAt: 0, samples: piece }, { tones });
      });
      const level = (hz: number) => median(pieces.map((levels) => levels[hz] ?? Number.NEGATIVE_INFINITY));
      return names.filter((_, n) => level(partyTone(n)) >= heardDb);
    },
  };
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NEGATIVE_INFINITY;
