/** Words are letters and digits of any script. */
const between = /[^\p{L}\p{N}]+/u;

/**
 * Finds people as one types a name into a list: each word typed is the beginning of a word of the name, in any order, and a number that of
 * an extension. So `ek kar` finds Karin Ek, and `lena` no Helena. Fixed numbers are not searched: whoever may not see them would
 * find them out digit by digit.
 */
export const nameSearch = (typed: string): ((one: SearchedName) => boolean) => {
  const words = wordsOf(typed);
  const isNumber = /^[\d\s+()./-]+$/.test(typed) && words.length > 0;
  const number = words.join('');
  return ({ name, displayName, extension = null }) => {
    if (isNumber && extension?.startsWith(number)) return true;
    const known = wordsOf(`${displayName} ${name}`);
    return words.every((word) => known.some((one) => one.startsWith(word)));
  };
};

export interface SearchedName {
  /** `metadata.name` of the User. */
  readonly name: string;
  readonly displayName: string;
  readonly extension?: string | null | undefined;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .split(between)
    .filter((word) => word !== '');
