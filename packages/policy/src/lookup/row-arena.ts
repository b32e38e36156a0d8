/** Bytes of a slab: an eighth of all there is, so that little lies unused, up to where slabs are few enough. */
const [smallestSlab, largestSlab] = [64 * 1024, 4 * 1024 * 1024];
/** A full slab of which a smaller share is in use is given up, and what it still holds moved. */
const leastUse = 0.75;

interface Slab {
  readonly bytes: Buffer;
  /** Numbers of the shards whose rows are here. */
  readonly holds: Set<number>;
  filled: number;
  /** Of the bytes filled, those not freed since. */
  used: number;
}

/**
 * The packed rows of all shards, in a few large buffers: with a buffer for each shard, every look-up would read once
 * more from far memory. Bytes once written stay as they are, so a view of rows that were freed still reads right.
 */
export class RowArena {
  /** By number of the shard. */
  readonly #slabs: (Slab | undefined)[] = [];
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  #open = newSlab(0);
  /** Bytes in use, in all slabs. */
  #used = 0;

  /** Takes in a copy of a shard's rows, under a number that is free. */
  put(number: number, rows: Buffer): void {
    this.#used += rows.length;
    this.#place(number, rows);
  }

  free(number: number): void {
    const slab = this.#slabs[number];
    if (slab === undefined) return;
    const length = this.#lengths[number] ?? 0;
    this.#slabs[number] = undefined;
    this.#used -= length;
    slab.used -= length;
    slab.holds.delete(number);
    if (slab !== this.#open) this.#vacateIfIdle(slab);
  }

  /** The buffer that a shard's rows lie in. */
  bytesOf(number: number): Buffer | undefined {
    return this.#slabs[number]?.bytes;
  }

  /** Where in that buffer they begin. */
  startOf(number: number): number {
    return this.#starts[number] ?? 0;
  }

  #place(number: number, rows: Buffer): void {
    const before = this.#open;
    if (before.filled + rows.length > before.bytes.length) {
      const size = Math.min(largestSlab, Math.max(smallestSlab, this.#used / 8));
      this.#open = newSlab(Math.max(Math.ceil(size), rows.length));
    }
    const slab = this.#open;
    this.#slabs[number] = slab;
    this.#starts[number] = slab.filled;
    this.#lengths[number] = rows.length;
    rows.copy(slab.bytes, slab.filled);
    slab.filled += rows.length;
    slab.used += rows.length;
    slab.holds.add(number);
    if (slab !== before) this.#vacateIfIdle(before);
  }

  #vacateIfIdle(slab: Slab): void {
    if (slab.used >= leastUse * slab.filled) return;
    for (const number of slab.holds) {
      const start = this.startOf(number);
      this.#place(number, slab.bytes.subarray(start, start + (this.#lengths[number] ?? 0)));
    }
  }
}

function newSlab(size: number): Slab {
  return { bytes: Buffer.allocUnsafeSlow(size), holds: new Set(), filled: 0, used: 0 };
}
