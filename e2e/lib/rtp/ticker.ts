/**
 * Calls `tick` every `periodMs`, the n-th as near as can be to n periods after the start: a late tick does not delay
 * those after it, ticks missed are made up for at once. Returns what stops it.
 */
export function startTicker(periodMs: number, tick: () => void): () => void {
  const start = performance.now();
  let ticks = 0;
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    while (performance.now() - start >= ticks * periodMs) {
      ticks += 1;
      tick();
    }
    timer = setTimeout(run, Math.max(0, start + ticks * periodMs - performance.now()));
  };
  run();
  return () => clearTimeout(timer);
}
