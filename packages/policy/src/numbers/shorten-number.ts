/**
 * A number as logs may show it: enough to recognise one's own, too little to call. `+4681234510` → `+46…510`.
 * Anything else that is handed in (an extension, an address) is cut at least as hard.
 */
export function shortenNumber(text: string): string {
  if (text.length < 8) return `…${text.slice(-2)}`;
  return /^\+\d+$/.test(text) ? `${text.slice(0, 3)}…${text.slice(-3)}` : `${text.slice(0, 2)}…`;
}
