import type { CompanyPolicy } from '@medlyssning/policy';

type SoundName = CompanyPolicy['listening']['sound'];

const rate = 8000;
const totalMs = 240;
const fadeMs = 20;
/** −18 dBFS: heard over speech without startling (a phone's own beeps lie some 6 dB higher). */
const amplitude = 0.125 * 0x7fff;
/** Hz, each sounding for an equal share of the time. */
const notes: Readonly<Record<SoundName, readonly number[]>> = { TwoNotes: [659.26, 880], OneNote: [659.26] };

/** 0 at the ends of a note, 1 between, so that nothing clicks. */
const fade = (at: number, length: number): number => {
  const edge = (fadeMs * rate) / 1000;
  const in01 = Math.min(1, at / edge, (length - 1 - at) / edge);
  return Math.sin((in01 * Math.PI) / 2) ** 2;
};

const samples = (name: SoundName): Int16Array => {
  const pitches = notes[name];
  const length = (totalMs * rate) / 1000 / pitches.length;
  const wave = pitches.flatMap((hz) =>
    Array.from(
      { length },
      (_, at) => amplitude * fade(at, length) * Math.sin((2 * Math.PI * hz * at) / rate),
    ),
  );
  return Int16Array.from(wave, Math.round);
};

/** RIFF header of 16-bit mono PCM. */
const wavHeader = (dataBytes: number): Buffer => {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
};

/** The sound that tells the target that someone starts to listen (R6): a soft WAV of 240 ms, 8 kHz, 16 bit, mono. */
export const soundOf = (name: SoundName): Buffer => {
  const pcm = samples(name);
  const data = Buffer.alloc(pcm.length * 2);
  for (const [i, sample] of pcm.entries()) data.writeInt16LE(sample, i * 2);
  return Buffer.concat([wavHeader(data.length), data]);
};
