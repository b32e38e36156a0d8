import { maxDepth, maxIntegerChars, maxLengthDigits } from './bencode-limits.ts';
import { NgError } from './ng-error.ts';

type State = 'value' | 'length' | 'integer' | 'string' | 'done';

/**
 * Finds where a bencoded value ends while its bytes come in pieces of any size. Each byte is looked at once, and the
 * bytes of strings are stepped over, so a message in many pieces costs no more than one in one. It checks only what
 * it needs to find the end; `decodeBencode` checks the rest.
 */
export class BencodeScanner {
  #state: State = 'value';
  #depth = 0;
  /** `length`: the number read so far; `string`: bytes left to step over. */
  #count = 0;
  #tokenChars = 0;

  /**
   * Scan `bytes` from `from`. Returns the offset behind the value's last byte, or -1 if it goes on in the next piece.
   * After an offset was returned the scanner starts afresh with the next value.
   *
   * @throws NgError `Malformed` where no continuation could make it bencode
   */
  scan(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      if (this.#state === 'string') {
        const step = Math.min(this.#count, bytes.length - at);
        at += step;
        this.#count -= step;
        if (this.#count > 0) return -1;
        this.#valueEnded();
      } else {
        this.#byte(bytes[at] ?? 0);
        at++;
      }
      if (this.#state === 'done') {
        this.#state = 'value';
        return at;
      }
    }
    return -1;
  }

  #byte(byte: number): void {
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (this.#state === 'length') this.#lengthByte(byte, isDigit);
    else if (this.#state === 'integer') this.#integerByte(byte, isDigit);
    else if (isDigit) {
      this.#state = 'length';
      this.#count = byte - 0x30;
      this.#tokenChars = 1;
    } else this.#openOrClose(byte);
  }

  #openOrClose(byte: number): void {
    if (byte === 0x69 /* i */) {
      this.#state = 'integer';
      this.#tokenChars = 0;
    } else if (byte === 0x64 /* d */ || byte === 0x6c /* l */) {
      if (++this.#depth > maxDepth) throw malformed(`nesting is deeper than ${maxDepth}`);
    } else if (byte === 0x65 /* e */ && this.#depth > 0) {
      this.#depth--;
      this.#valueEnded();
    } else throw malformed('neither a value nor the end of one');
  }

  #lengthByte(byte: number, isDigit: boolean): void {
    if (isDigit && ++this.#tokenChars <= maxLengthDigits) this.#count = this.#count * 10 + (byte - 0x30);
    else if (byte !== 0x3a /* : */) throw malformed('not a string length');
    else if (this.#count > 0) this.#state = 'string';
    else this.#valueEnded();
  }

  #integerByte(byte: number, isDigit: boolean): void {
    if (byte === 0x65 /* e */) this.#valueEnded();
    else if (++this.#tokenChars > maxIntegerChars || !(isDigit || byte === 0x2d))
      throw malformed('not an integer');
  }

  #valueEnded(): void {
    this.#state = this.#depth === 0 ? 'done' : 'value';
  }
}

function malformed(what: string): NgError {
  return new NgError('Malformed', `The bencoded stream is malformed: ${what}.`);
}
