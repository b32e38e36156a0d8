/** Reads what a `ByteWriter` wrote, from a place on. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }

  double(): number {
    this.#at += 8;
    return this.#bytes.readDoubleLE(this.#at - 8);
  }

  text(): string {
    const length = this.varint();
    this.#at += length;
    return this.#bytes.toString('utf8', this.#at - length, this.#at);
  }

  /** Is the text here this one? Moves behind it; spares making a string of it. */
  isText(expected: string): boolean {
    const length = this.varint();
    const start = this.#at;
    this.#at += length;
    for (let i = 0; i < expected.length; i++) {
      const code = expected.charCodeAt(i);
      if (code > 127) return this.#bytes.toString('utf8', start, this.#at) === expected;
      if (i >= length || this.#bytes[start + i] !== code) return false;
    }
    return length === expected.length;
  }

  skipText(): void {
    const length = this.varint();
    this.#at += length;
  }

  skipDouble(): void {
    this.#at += 8;
  }
}
