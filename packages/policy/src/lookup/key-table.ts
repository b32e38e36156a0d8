import { TableSegment } from './table-segment.ts';

/** The top 8 bits of a hash choose the segment. */
const segmentBits = 8;

/**
 * From 32-bit hashes to references (integers below 2^53), several to a hash. Open addressing in 256 typed arrays: 12
 * bytes an entry, no object for the garbage collector, and growth moves one part in 256, so it never stalls the process.
 */
export class KeyTable {
  readonly #segments = Array.from({ length: 2 ** segmentBits }, () => new TableSegment());

  add(hash: number, reference: number): void {
    this.#segmentOf(hash).add(hash, reference);
  }

  /** Removes the entry; one that is not there is left so. */
  remove(hash: number, reference: number): void {
    this.#segmentOf(hash).remove(hash, reference);
  }

  /** Every reference added under the hash. */
  find(hash: number): readonly number[] {
    return this.#segmentOf(hash).find(hash);
  }

  #segmentOf(hash: number): TableSegment {
    const segment = this.#segments[hash >>> (32 - segmentBits)];
    if (segment === undefined) throw new RangeError('A hash has 32 bits; this is a fault of PolicyIndex.');
    return segment;
  }
}
