const joinNames = (names: readonly string[], and: string): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`;

/** What the one listened to reads (R6): who listens now, by name; told again at every change. */
export const listenersText = (names: readonly string[], language: 'sv' | 'en'): string => {
  if (language === 'sv') {
    return names.length === 0
      ? 'Ingen lyssnar längre på ditt samtal.'
      : `${joinNames(names, 'och')} lyssnar på ditt samtal.`;
  }
  if (names.length === 0) return 'Nobody is listening to your call any more.';
  return `${joinNames(names, 'and')} ${names.length === 1 ? 'is' : 'are'} listening to your call.`;
};
