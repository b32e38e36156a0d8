/** Runs `work` on every item, at most `limit` at a time. Rejects with the first failure, after all have ended. */
export const eachAtMost = async <T>(
  limit: number,
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> => {
  const queue = Iterator.from(items);
  const worker = async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  };
  const done = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const result of done) if (result.status === 'rejected') throw result.reason;
};
