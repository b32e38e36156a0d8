/** The codecs phones speak here, by their names in SDP (RFC 3551 §4.5.14). */
export type G711Codec = 'PCMA' | 'PCMU';

/** Their static payload types (RFC 3551 §6). */
export const payloadTypes: Readonly<Record<G711Codec, number>> = { PCMU: 0, PCMA: 8 };

/** The codec of a payload type; undefined for anything but G.711. */
export function codecOf(payloadType: number): G711Codec | undefined {
  return payloadType === payloadTypes.PCMA ? 'PCMA' : payloadType === payloadTypes.PCMU ? 'PCMU' : undefined;
}

/** PCM16 → G.711, a byte a sample (ITU-T G.711). */
export function encodeG711(codec: G711Codec, samples: Int16Array): Uint8Array {
  const encode = codec === 'PCMA' ? toALaw : toMuLaw;
  return Uint8Array.from(samples, encode);
}

/** G.711 → PCM16. */
export function decodeG711(codec: G711Codec, bytes: Uint8Array): Int16Array {
  const table = codec === 'PCMA' ? fromALawTable : fromMuLawTable;
  return Int16Array.from(bytes, (byte) => table[byte] ?? 0);
}

function toALaw(sample: number): number {
  const negative = sample < 0;
  // 13 bits, in one's complement for the negative half as G.711 has it.
  const magnitude = Math.min(4095, (negative ? ~sample : sample) >> 3);
  const segment = Math.max(0, 32 - Math.clz32(magnitude) - 5);
  const step = (magnitude >> Math.max(1, segment)) & 0x0f;
  return ((negative ? 0 : 0x80) | (segment << 4) | step) ^ 0x55;
}

function fromALaw(byte: number): number {
  const code = byte ^ 0x55;
  const [segment, step] = [(code >> 4) & 7, code & 0x0f];
  const magnitude = segment === 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
  return (code & 0x80) !== 0 ? magnitude : -magnitude;
}

const muBias = 0x84;

function toMuLaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.abs(sample)) + muBias;
  const segment = 32 - Math.clz32(magnitude) - 8;
  const step = (magnitude >> (segment + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (segment << 4) | step) & 0xff;
}

function fromMuLaw(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = ((((code & 0x0f) << 3) + muBias) << ((code >> 4) & 7)) - muBias;
  return (code & 0x80) !== 0 ? -magnitude : magnitude;
}

const fromALawTable = Int16Array.from({ length: 256 }, (_, byte) => fromALaw(byte));
const fromMuLawTable = Int16Array.from({ length: 256 }, (_, byte) => fromMuLaw(byte));
