const longest = 60;
const numberLike = /\+?\d[\d ()/.-]{4,}\d/g;

/** A value as problems may show it: phone numbers keep only their ends (`+46…510`), long texts their beginning. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  const text = String(value);
  return cut(
    text.slice(0, 4 * longest).replace(numberLike, (digits) => `${digits.slice(0, 3)}…${digits.slice(-3)}`),
  );
}

/** A moment as problems may show it: digits are no phone number where a calendar date leads. */
export function shownTime(value: string): string {
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? cut(value) : shown(value);
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
