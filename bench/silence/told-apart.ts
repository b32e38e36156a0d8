/**
 * How often one can tell by its time which of two things was done, having seen one of each: 0.5 is a guess, 1 is always (the area under
 * the ROC curve, Mann–Whitney). Ties count half.
 */
export const toldApart = (a: readonly number[], b: readonly number[]): number => {
  const all = [
    ...a.map((value) => ({ value, isB: false })),
    ...b.map((value) => ({ value, isB: true })),
  ].sort((x, y) => x.value - y.value);
  let wins = 0;
  let before = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
    const tied = all.slice(from, to);
    const ofB = tied.filter(({ isB }) => isB).length;
    const ofA = tied.length - ofB;
    wins += ofB * (before + ofA / 2);
    before += ofA;
    from = to;
  }
  const area = wins / (a.length * b.length);
  return Math.max(area, 1 - area);
};
