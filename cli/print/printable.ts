/** Control characters, and those that turn the direction of text round. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal would obey
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** A text that others wrote, such that a terminal shows it and does not obey it. */
export const printable = (text: string): string => text.replace(unprintable, '\ufffd');
