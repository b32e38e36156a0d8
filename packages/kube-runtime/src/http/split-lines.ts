import { ApiUnreachable } from '../api/api-unreachable.ts';

const newline = 0x0a;

/**
 * The lines of a watch, without their ends, however they are cut into chunks. A line is decoded only when it is there as a whole, so
 * a character may be cut as well. Rejects with `ApiUnreachable`: `TooLarge` for a line above `maxBytes`, `Garbled` where the body ends
 * inside of one.
 */
export async function* splitLines(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string, void, undefined> {
  let begun: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      bounded(length + end - from, maxBytes);
      yield Buffer.concat([...begun, chunk.subarray(from, end)]).toString('utf8');
      begun = [];
      length = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    begun.push(chunk.subarray(from));
    length += chunk.length - from;
    bounded(length, maxBytes);
  }
  if (length > 0)
    throw new ApiUnreachable(
      'Garbled',
      'The watch broke off within an event. Resume from the last whole one.',
    );
}

const bounded = (length: number, maxBytes: number): void => {
  if (length > maxBytes)
    throw new ApiUnreachable('TooLarge', `An event of the watch is longer than ${maxBytes} bytes.`);
};
