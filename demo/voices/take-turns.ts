import { wholeSeconds } from './pilot.ts';

/** A turn as it sounds, PCM16, 8 kHz. */
export interface Turn<Who extends string> {
  readonly who: Who;
  readonly samples: Int16Array;
}

/** Silence after each turn, samples. */
const pause = 0.2 * 8000;

/** Lays turns one after the other: what each speaker says, silent while the others speak; all equally long. */
export function takeTurns<Who extends string>(turns: readonly Turn<Who>[]): ReadonlyMap<Who, Int16Array> {
  const length = wholeSeconds(turns.reduce((sum, { samples }) => sum + samples.length + pause, 0));
  const said = new Map(turns.map(({ who }) => [who, new Int16Array(length)]));
  let at = 0;
  for (const { who, samples } of turns) {
    said.get(who)?.set(samples, at);
    at += samples.length + pause;
  }
  return said;
}

/** Without the silence before and after, which espeak-ng leaves half a second of. */
export function trimmed(samples: Int16Array): Int16Array {
  const audible = (sample: number) => Math.abs(sample) > 300;
  const [first, last] = [samples.findIndex(audible), samples.findLastIndex(audible)];
  return first === -1 ? new Int16Array() : samples.subarray(first, last + 1);
}
