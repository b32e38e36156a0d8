import { maxDepth } from './bencode-limits.ts';
import { integerText } from './encode-bencode.ts';
import { NgError } from './ng-error.ts';
import type { NgArguments, NgData, NgDict, NgValue } from './ng-value.ts';

/**
 * Encode a request as JSON.
 *
 * @throws NgError `Malformed` for what bencode refuses, and for Buffers: JSON has no binary strings
 */
export function encodeJson(value: NgValue): Buffer {
  return Buffer.from(jsonText(value, 0));
}

function jsonText(value: NgValue, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'bigint') return integerText(value);
  if (Buffer.isBuffer(value)) {
    throw new NgError('Malformed', 'A Buffer cannot be sent as JSON: use bencode.');
  }
  if (typeof value !== 'object' || value === null) {
    throw new NgError('Malformed', `A value of type ${typeof value} cannot be sent to rtpengine.`);
  }
  if (depth >= maxDepth)
    throw new NgError('Malformed', `A request nested deeper than ${maxDepth} cannot be sent.`);
  return Array.isArray(value)
    ? `[${value.map((item: NgValue) => jsonText(item, depth + 1)).join(',')}]`
    : objectText(value as NgArguments, depth + 1);
}

function objectText(value: NgArguments, depth: number): string {
  const members: string[] = [];
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${jsonText(member, depth)}`);
  }
  return `{${members.join(',')}}`;
}

/**
 * Decode a JSON body into the same shapes bencode gives. `null`, `true` and `false`, which ng does not know, are left
 * out, so that they are as absent to a reader as they are to rtpengine.
 *
 * @throws NgError `Malformed`
 */
export function decodeJson(input: Buffer): NgData {
  let parsed: unknown;
  try {
    parsed = JSON.parse(input.toString('utf8'));
  } catch {
    // The parser's own message quotes the input, which may hold SDP.
    throw new NgError('Malformed', 'The JSON body cannot be parsed.');
  }
  const data = toData(parsed, 0);
  if (data === undefined) throw new NgError('Malformed', 'The JSON body holds no value that ng knows.');
  return data;
}

function toData(value: unknown, depth: number): NgData | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth >= maxDepth) throw new NgError('Malformed', `The JSON body is nested deeper than ${maxDepth}.`);
  if (Array.isArray(value)) {
    return value.map((item: unknown) => toData(item, depth + 1)).filter((item) => item !== undefined);
  }
  const dict: Record<string, NgData> = Object.create(null);
  for (const [key, member] of Object.entries(value)) {
    const data = toData(member, depth + 1);
    if (data !== undefined) dict[key] = data;
  }
  return dict satisfies NgDict;
}
