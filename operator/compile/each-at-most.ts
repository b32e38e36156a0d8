/** Runs `act` on each item, at most `limit` at a time. Rejects as soon as one does. */
export const eachAtMost = async <T>(
  limit: number,
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> => {
  const rest = items.values();
  const work = async () => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
};
