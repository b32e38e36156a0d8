import { defaultToneDb, sine } from '../audio/synthesis.ts';

/** What a phone says: PCM16, 8 kHz. Asked for the next `count` samples from the `start`-th on. */
export type AudioSource = (start: number, count: number) => Int16Array;

/** A sine of `hz`, without a seam from packet to packet. Level in dB under full scale. */
export function tone(hz: number, db: number = defaultToneDb): AudioSource {
  return (start, count) => sine(hz, count / 8, db, start);
}

/** Packets that hold silence: sent all the same. */
export function silence(): AudioSource {
  return (_start, count) => new Int16Array(count);
}

/** Given samples, `readWav`'s for example, once or again and again; silence after them. */
export function samplesOf(
  samples: Int16Array,
  { loop = false }: { readonly loop?: boolean } = {},
): AudioSource {
  return (start, count) =>
    Int16Array.from(
      { length: count },
      (_, n) => samples[loop ? (start + n) % samples.length : start + n] ?? 0,
    );
}
