import { isUtf8 } from 'node:buffer';
import { maxDepth, maxIntegerChars, maxLengthDigits } from './bencode-limits.ts';
import { NgError } from './ng-error.ts';
import type { NgData, NgDict } from './ng-value.ts';

const colon = 0x3a;
const digit0 = 0x30;
const digit9 = 0x39;
const letterD = 0x64;
const letterE = 0x65;
const letterI = 0x69;
const letterL = 0x6c;

/**
 * Decode exactly one bencoded value: no leading zeros, no `-0`, no bytes after it, nesting up to `maxDepth`. Of a
 * key that occurs twice the last value stays, as where rtpengine reads its options and as in JSON.
 *
 * @param options.binary give every string value (not keys) as a Buffer
 * @throws NgError `Malformed`
 */
export function decodeBencode(input: Buffer, options: { readonly binary?: boolean } = {}): NgData {
  const reader = new Reader(input, options.binary === true);
  const value = reader.value(0);
  if (reader.at !== input.length) throw reader.malformed('bytes follow the value');
  return value;
}

class Reader {
  at = 0;
  readonly #input: Buffer;
  readonly #binary: boolean;

  constructor(input: Buffer, binary: boolean) {
    this.#input = input;
    this.#binary = binary;
  }

  value(depth: number): NgData {
    const first = this.#input[this.at];
    if (first === letterI) return this.#integer();
    if (first === letterD || first === letterL) {
      if (depth >= maxDepth) throw this.malformed(`nesting is deeper than ${maxDepth}`);
      this.at++;
      return first === letterD ? this.#dictionary(depth + 1) : this.#list(depth + 1);
    }
    const [start, end] = this.#string();
    return this.#binary ? this.#input.subarray(start, end) : this.#text(start, end);
  }

  malformed(what: string): NgError {
    return new NgError('Malformed', `The bencoded data is malformed at byte ${this.at}: ${what}.`);
  }

  #dictionary(depth: number): NgDict {
    const dict: Record<string, NgData> = Object.create(null);
    while (!this.#atEnd()) {
      const [start, end] = this.#string();
      const key = this.#text(start, end);
      dict[typeof key === 'string' ? key : key.toString('latin1')] = this.value(depth);
    }
    return dict;
  }

  #list(depth: number): NgData[] {
    const list: NgData[] = [];
    while (!this.#atEnd()) list.push(this.value(depth));
    return list;
  }

  #atEnd(): boolean {
    if (this.#input[this.at] !== letterE) return false;
    this.at++;
    return true;
  }

  #integer(): number | bigint {
    const end = this.#input.indexOf(letterE, this.at);
    const text =
      end < 0
        ? ''
        : this.#input.toString('latin1', this.at + 1, Math.min(end, this.at + 2 + maxIntegerChars));
    if (!/^(0|-?[1-9][0-9]*)$/.test(text)) throw this.malformed('not an integer');
    const number = Number(text);
    if (Number.isSafeInteger(number)) {
      this.at = end + 1;
      return number;
    }
    const big = BigInt(text);
    if (BigInt.asIntN(64, big) !== big) throw this.malformed('the integer is beyond 64 bits');
    this.at = end + 1;
    return big;
  }

  /** Start and end of a string's bytes; leaves `at` behind it. */
  #string(): readonly [start: number, end: number] {
    const input = this.#input;
    let at = this.at;
    let length = 0;
    for (let byte = input[at] ?? letterE; byte !== colon; byte = input[++at] ?? letterE) {
      const leadingZero = at > this.at && length === 0;
      if (byte < digit0 || byte > digit9 || leadingZero || at - this.at >= maxLengthDigits) {
        throw this.malformed('neither a value nor the end of one');
      }
      length = length * 10 + (byte - digit0);
    }
    const start = at + 1;
    if (at === this.at || length > input.length - start) throw this.malformed('a string without its end');
    this.at = start + length;
    return [start, this.at];
  }

  #text(start: number, end: number): string | Buffer {
    const text = this.#input.toString('utf8', start, end);
    // U+FFFD stands in the text itself, or for bytes that are no UTF-8; only then is the second look needed.
    if (!text.includes('\uFFFD')) return text;
    const bytes = this.#input.subarray(start, end);
    return isUtf8(bytes) ? text : bytes;
  }
}
