import { shown } from './shown.ts';

/**
 * The rules that `ForkPolicy.spec.requires` may name: restrictions that came after the first version, PascalCase. A name goes in
 * with the code that enforces it, and never goes out again.
 */
export const knownRules: ReadonlySet<string> = new Set();

/**
 * What a ForkPolicy asks a media node to know and this version does not, a sentence; `undefined` where it knows all.
 *
 * @param requires `spec.requires`, as it came
 */
export function unknownRules(requires: unknown, known: ReadonlySet<unknown>): string | undefined {
  if (!Array.isArray(requires)) return undefined;
  const unknown = requires.filter((name) => !known.has(name)).map(shown);
  if (unknown.length === 0) return undefined;
  return `This version does not know ${unknown.join(', ')}, and would allow what the policy forbids; upgrade to one that does.`;
}
