/** Objects of a list, parted. */
export interface SortedOut<T> {
  readonly sound: readonly T[];
  readonly unsound: readonly T[];
}

/** Parts a list that is nearly the same each time: an object that stands where it stood is not looked at again. */
export const createSorter = <T extends object>(
  isSound: (object: T) => boolean,
): ((objects: readonly T[]) => SortedOut<T>) => {
  let before: readonly T[] = [];
  let verdicts: readonly boolean[] = [];
  let parted: SortedOut<T> = { sound: [], unsound: [] };
  return (objects) => {
    const isSame = objects.length === before.length && objects.every((object, i) => object === before[i]);
    if (isSame) return parted;
    verdicts = objects.map((object, i) => (object === before[i] && verdicts[i]) || isSound(object));
    before = objects;
    parted = {
      sound: objects.filter((_, i) => verdicts[i]),
      unsound: objects.filter((_, i) => !verdicts[i]),
    };
    return parted;
  };
};
