/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export type Style = 'good' | 'bad' | 'strong' | 'faint' | 'told';

/** ECMA-48 SGR codes. */
const codes: Readonly<Record<Style, number>> = { good: 32, bad: 31, strong: 1, faint: 2, told: 36 };

/** No colours: for files, pipes and NO_COLOR. */
export const plain: Paint = (_style, text) => text;

/** Colours for a terminal. */
export const coloured: Paint = (style, text) =>
  text === '' ? '' : `\u001b[${codes[style]}m${text}\u001b[0m`;

/** Colours only for a terminal whose user has not declined them (no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const declined = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return stream.isTTY === true && !declined ? coloured : plain;
}
