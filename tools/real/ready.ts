/** When a process counts as started: at once, when it has printed a line, or when a probe says so; a probe is asked until it is true. */
export type Ready =
  | 'started'
  | { readonly line: (line: string) => boolean }
  | { readonly probe: () => Promise<boolean> };

const betweenProbesMs = 20;

/** Waits for one process to be ready. */
export interface Readiness {
  /** To be called with every line the process prints. */
  readonly take: (line: string) => void;
  /** Rejects when the probe does. Given up by `abandon`. */
  readonly reached: Promise<void>;
  readonly abandon: () => void;
}

export function awaitReady(ready: Ready): Readiness {
  const { promise, resolve } = Promise.withResolvers<void>();
  const ignore = () => undefined;
  if (ready === 'started') return { take: ignore, reached: Promise.resolve(), abandon: ignore };
  if ('line' in ready)
    return { take: (line) => ready.line(line) && resolve(), reached: promise, abandon: ignore };
  let asking = true;
  const ask = async () => {
    while (asking && !(await ready.probe())) await new Promise((later) => setTimeout(later, betweenProbesMs));
  };
  const abandon = () => {
    asking = false;
  };
  return { take: ignore, reached: ask(), abandon };
}
