import { hepHeaderBytes, hepMagic } from './hep3.ts';

/** The stream is no HEP3, or no longer: the connection it came over is of no more use. */
export class HepFramingError extends Error {
  override readonly name = 'HepFramingError';
  readonly reason = 'HepFraming';
}

const lengthWrap = 0x1_0000;
/** The largest message to step over: the answer to a `list` of some 100,000 calls. */
const maxWraps = 128;

/**
 * Cuts a TCP stream into HEP3 packets.
 *
 * HEP3 has 16 bits for a packet's length, and rtpengine writes longer ones (the answer to our own `list` on a busy
 * node) with the length modulo 64 KiB. So where no packet begins after such a length, the rest is stepped over in
 * strides of 64 KiB: the only places where the next packet can begin. Scanning for the magic instead would let a
 * call-id pose as a packet.
 */
export class HepFramer {
  #pending: Buffer = Buffer.alloc(0);
  #wraps = 0;
  #begun = false;
  /** Messages above 64 KiB, of which only the beginning was delivered. */
  oversized = 0;

  /** @throws HepFramingError */
  push(bytes: Buffer): Buffer[] {
    let buffer = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    const packets: Buffer[] = [];
    while (buffer.length >= hepHeaderBytes) {
      if (buffer.readUInt32BE(0) !== hepMagic) {
        if (!this.#begun || this.#wraps >= maxWraps) {
          throw new HepFramingError('What came over the HEP connection is no HEP3; it will be closed.');
        }
        if (buffer.length < lengthWrap) break;
        if (this.#wraps === 0) this.oversized += 1;
        this.#wraps += 1;
        buffer = buffer.subarray(lengthWrap);
        continue;
      }
      const written = buffer.readUInt16BE(4);
      const whole = written >= hepHeaderBytes;
      const length = whole ? written : written + lengthWrap;
      if (buffer.length < length) break;
      if (whole) packets.push(buffer.subarray(0, length));
      else this.oversized += 1;
      buffer = buffer.subarray(length);
      this.#begun = true;
      this.#wraps = whole ? 0 : 1;
    }
    this.#pending = buffer;
    return packets;
  }
}
