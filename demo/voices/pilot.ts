import { mixed, sine } from '@medlyssning/e2e/lib/audio/index.ts';

/**
 * Level of the tone under each voice, dB: 8 dB over what the audio matrix counts as heard (`heardDb`). Between 33 and
 * 88 Hz it lies below the voices, and small loudspeakers do not give it.
 */
export const pilotDb = -28;

/** Puts a person's own tone under what the person says, so that it can be told who is heard at any time. */
export function withPilot(speech: Int16Array, hz: number): Int16Array {
  return mixed(speech, sine(hz, speech.length / 8, pilotDb));
}

/** The length next above `samples` that holds whole seconds: a pilot of whole Hz then has no seam where it is said again. */
export function wholeSeconds(samples: number): number {
  return Math.ceil(samples / 8000) * 8000;
}
