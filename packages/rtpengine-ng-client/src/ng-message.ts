import { decodeBencode } from './decode-bencode.ts';
import { encodeBencode } from './encode-bencode.ts';
import { NgError } from './ng-error.ts';
import { decodeJson, encodeJson } from './ng-json.ts';
import { isNgDict, type NgArguments, type NgDict } from './ng-value.ts';

/** How the body of a message is written. rtpengine answers in the format of the request. */
export type NgFormat = 'bencode' | 'json';

/** One ng message: `cookie SP dictionary`. */
export interface NgMessage {
  readonly cookie: string;
  readonly body: NgDict;
}

/** Kamailio's cookies are some 20 bytes long. */
export const maxCookieBytes = 255;

const space = 0x20;

/** @throws NgError `Malformed` where the body cannot be encoded */
export function encodeMessage(cookie: string, body: NgArguments, format: NgFormat = 'bencode'): Buffer {
  const encoded = format === 'json' ? encodeJson(body) : encodeBencode(body);
  return Buffer.concat([Buffer.from(`${cookie} `, 'latin1'), encoded]);
}

/**
 * Read a whole message, request or answer, in whichever format it is written. Safe on hostile input.
 *
 * @throws NgError `Malformed`
 */
export function decodeMessage(bytes: Buffer): NgMessage {
  const { cookie, body } = splitMessage(bytes);
  return { cookie, body: decodeBody(body) };
}

/** Part a message into cookie and body without reading the body. @throws NgError `Malformed` */
export function splitMessage(bytes: Buffer): { readonly cookie: string; readonly body: Buffer } {
  const end = bytes.subarray(0, maxCookieBytes + 1).indexOf(space);
  if (end < 1) throw new NgError('Malformed', 'The message does not begin with a cookie and a space.');
  return { cookie: bytes.toString('latin1', 0, end), body: bytes.subarray(end + 1) };
}

/** Read a body: `d…` is bencode, `{…` is JSON. @throws NgError `Malformed` */
export function decodeBody(body: Buffer): NgDict {
  const data = body[0] === 0x7b /* { */ ? decodeJson(body) : decodeBencode(body);
  if (!isNgDict(data)) throw new NgError('Malformed', 'The body of the message is not a dictionary.');
  return data;
}
