/** Between in proportion and by the square, with as much room on either side. */
export const inProportion = 22;

const triesAtLeast = 5;
const triesAtMost = 12;

/**
 * How many times longer the work takes for eight times the input: about 8 where it is in proportion, 64 where each piece looks at all
 * before it. The shortest of some tries of each, in turn, and of many where they look out of proportion: what a busy machine does to one of them only
 * makes it longer.
 * @param work of an input of this size; what it takes to make the input is not counted
 */
export const growth = (size: number, work: (size: number) => () => void): number => {
  const [less, more] = [work(size), work(8 * size)];
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let n = 0; n < triesAtLeast || (n < triesAtMost && large / small >= inProportion); n += 1) {
    small = Math.min(small, timeOf(less));
    large = Math.min(large, timeOf(more));
  }
  return large / small;
};

const timeOf = (run: () => void): number => {
  const from = performance.now();
  run();
  return performance.now() - from;
};
