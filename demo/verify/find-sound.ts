import { type Recording, sampleRate, samplesIn, type Window } from '@medlyssning/e2e/lib/audio/index.ts';

/** Where a recording is most like a given sound. */
export interface FoundSound {
  /** 1: the very sound, however loud; near 0: nothing of it. */
  readonly likeness: number;
  /** When it began, on the clock of the recording, ms. */
  readonly at: number;
}

/** Looks for a sound within a window by normalised cross-correlation. */
export function findSound(recording: Recording, sound: Int16Array, window: Window): FoundSound {
  const samples = samplesIn(recording, window);
  const start = Math.max(recording.startedAt, window.from ?? recording.startedAt);
  const soundEnergy = energy(sound);
  let [here, best, bestAt] = [energy(samples.subarray(0, sound.length)), 0, 0];
  for (let at = 0; at + sound.length <= samples.length; at += 1) {
    let dot = 0;
    for (let n = 0; n < sound.length; n += 1) dot += (sound[n] ?? 0) * (samples[at + n] ?? 0);
    const likeness = here > 0 ? dot / Math.sqrt(here * soundEnergy) : 0;
    if (likeness > best) [best, bestAt] = [likeness, at];
    here += (samples[at + sound.length] ?? 0) ** 2 - (samples[at] ?? 0) ** 2;
  }
  return { likeness: best, at: start + (bestAt * 1000) / sampleRate };
}

function energy(samples: Int16Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}
