import { goertzel, heardDb, type Recording, samplesIn, type Window } from '../audio/index.ts';

/** The two notes of the sound (R6), Hz. No party that is asked about may have a tone within 60 Hz of them. */
const [first, second] = [659.26, 880];
/** Long enough to tell the notes from each other, short enough to fall within one of them (120 ms). */
const stepMs = 40;
/** The second note begins this long after the first. */
const secondAfter = { from: 60, to: 200 };

/** When the sound that tells of a listener was heard to begin, ms on the clock of `performance.now()`. */
export function soundsIn(recording: Recording, window: Window = {}): readonly number[] {
  const samples = samplesIn(recording, window);
  const startedAt = Math.max(recording.startedAt, window.from ?? recording.startedAt);
  const beginnings = (hz: number): readonly number[] => {
    const count = Math.floor((samples.length - stepMs * 8) / 80);
    const heard = Array.from(
      { length: Math.max(0, count) },
      (_, n) => goertzel(samples.subarray(n * 80, n * 80 + stepMs * 8), hz) >= heardDb,
    );
    return heard.flatMap((now, n) => (now && heard[n - 1] !== true ? [startedAt + n * 10] : []));
  };
  const seconds = beginnings(second);
  return beginnings(first).filter((at) =>
    seconds.some((then) => then - at >= secondAfter.from && then - at <= secondAfter.to),
  );
}
