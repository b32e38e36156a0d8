/** What a request may hold: bencode has strings, integers, lists and dictionaries, and nothing else. `undefined` members are left out. */
export type NgValue = string | Buffer | number | bigint | readonly NgValue[] | NgArguments;

/** A dictionary to send, under rtpengine's own key names (`call-id`, `audio player`, …). */
export interface NgArguments {
  readonly [key: string]: NgValue | undefined;
}

/**
 * What was received. Strings that are not UTF-8 stay `Buffer`s; integers beyond ±2^53 are `bigint`s. Nothing about
 * its shape is promised: read it with the functions of `fields.ts` or check it yourself.
 */
export type NgData = string | Buffer | number | bigint | readonly NgData[] | NgDict;

/** A received dictionary. It has no prototype, so `__proto__` and `constructor` are keys like any other. */
export interface NgDict {
  readonly [key: string]: NgData;
}

/** Is it a dictionary, neither list nor binary string? */
export function isNgDict(value: NgData | undefined): value is NgDict {
  return typeof value === 'object' && !Array.isArray(value) && !Buffer.isBuffer(value);
}
