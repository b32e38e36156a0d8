import { maxDepth } from './bencode-limits.ts';
import { NgError } from './ng-error.ts';
import type { NgArguments, NgValue } from './ng-value.ts';

/**
 * Encode a value as bencode. Keys keep the order they were given in: rtpengine does not ask for sorted keys.
 *
 * @throws NgError `Malformed` for fractions, unsafe numbers, integers beyond 64 bits and nesting deeper than `maxDepth`
 */
export function encodeBencode(value: NgValue): Buffer {
  const writer = new Writer();
  writeValue(writer, value, 0);
  return writer.finish();
}

/** Gathers text, and Buffers between texts; a request without binary values becomes one string and one copy. */
class Writer {
  text = '';
  readonly #done: Buffer[] = [];

  bytes(value: Buffer): void {
    this.#done.push(Buffer.from(this.text), value);
    this.text = '';
  }

  finish(): Buffer {
    const tail = Buffer.from(this.text);
    return this.#done.length === 0 ? tail : Buffer.concat([...this.#done, tail]);
  }
}

function writeValue(writer: Writer, value: NgValue, depth: number): void {
  if (typeof value === 'string') writer.text += `${Buffer.byteLength(value)}:${value}`;
  else if (typeof value === 'number' || typeof value === 'bigint') writer.text += `i${integerText(value)}e`;
  else if (Buffer.isBuffer(value)) {
    writer.text += `${value.length}:`;
    writer.bytes(value);
  } else if (typeof value === 'object' && value !== null) writeContainer(writer, value, depth + 1);
  else throw new NgError('Malformed', `A value of type ${typeof value} cannot be sent to rtpengine.`);
}

function writeContainer(writer: Writer, value: readonly NgValue[] | NgArguments, depth: number): void {
  if (depth > maxDepth)
    throw new NgError('Malformed', `A request nested deeper than ${maxDepth} cannot be sent.`);
  if (isList(value)) {
    writer.text += 'l';
    for (const item of value) writeValue(writer, item, depth);
  } else {
    writer.text += 'd';
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (member === undefined) continue;
      writer.text += `${Buffer.byteLength(key)}:${key}`;
      writeValue(writer, member, depth);
    }
  }
  writer.text += 'e';
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: readonly NgValue[] | NgArguments): value is readonly NgValue[] {
  return Array.isArray(value);
}

/** Decimal text of an integer rtpengine can hold. */
export function integerText(value: number | bigint): string {
  const fits = typeof value === 'number' ? Number.isSafeInteger(value) : BigInt.asIntN(64, value) === value;
  if (!fits)
    throw new NgError('Malformed', `${value} cannot be sent to rtpengine: it takes 64-bit integers only.`);
  return Object.is(value, -0) ? '0' : value.toString();
}
