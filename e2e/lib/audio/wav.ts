import { sampleRate } from './recording.ts';

/** A WAV file that holds something other than 16-bit PCM. */
export class WavError extends Error {
  readonly reason = 'WavUnreadable';
  override readonly name = 'WavError';
}

/** PCM16 mono as a RIFF WAVE file. */
export function writeWav(samples: Int16Array, rate: number = sampleRate): Uint8Array {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (const [n, sample] of samples.entries()) bytes.writeInt16LE(sample, 44 + n * 2);
  return bytes;
}

/**
 * Reads PCM16 of any rate and number of channels as mono 8 kHz: the first channel, linearly interpolated.
 * @throws WavError on anything else.
 */
export function readWav(file: Uint8Array): Int16Array {
  const bytes = Buffer.from(file);
  const format = chunk(bytes, 'fmt ');
  const data = chunk(bytes, 'data');
  if (format === undefined || format.length < 16 || data === undefined) {
    throw new WavError('The file is no RIFF WAVE file with a format and data; convert it to WAV.');
  }
  const [coding, channels, rate, bits] = [
    format.readUInt16LE(0),
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ];
  if (coding !== 1 || bits !== 16 || channels === 0 || rate === 0) {
    throw new WavError(`The WAV file holds coding ${coding} with ${bits} bits; convert it to 16-bit PCM.`);
  }
  const frames = Math.floor(data.length / (2 * channels));
  const at = (frame: number) => data.readInt16LE(Math.min(frame, frames - 1) * 2 * channels);
  return Int16Array.from({ length: frames === 0 ? 0 : Math.floor((frames * sampleRate) / rate) }, (_, n) => {
    const place = (n * rate) / sampleRate;
    const [whole, part] = [Math.floor(place), place % 1];
    return Math.round(at(whole) * (1 - part) + at(whole + 1) * part);
  });
}

function chunk(bytes: Buffer, id: string): Buffer | undefined {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  let offset = 12;
  while (offset + 8 <= bytes.length) {
    const size = bytes.readUInt32LE(offset + 4);
    if (bytes.toString('latin1', offset, offset + 4) === id)
      return bytes.subarray(offset + 8, offset + 8 + size);
    offset += 8 + size + (size % 2);
  }
  return undefined;
}
