// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters taken out
const control = /[\0-\x1f\x7f]+/g;

/**
 * One header line, `Name: value`, for SIP.js's `extraHeaders`. Control characters in the value, CR and LF above all,
 * become spaces: a value can never start a header of its own.
 */
export function header(name: string, value: string): string {
  return `${name}: ${oneLine(value)}`;
}

/** Text fit for a header or a reason phrase: no control characters. */
export function oneLine(text: string): string {
  return text.replace(control, ' ').trim();
}

/** Text fit for a quoted string, without the quotes: control characters gone, `"` and `\` escaped (RFC 3261 §25.1). */
export function quotable(text: string): string {
  return oneLine(text).replace(/["\\]/g, '\\$&');
}
