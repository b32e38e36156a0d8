import { every } from '../timing/every.ts';

interface Pingable {
  ping(options?: { readonly timeoutMs?: number }): Promise<void>;
}

export interface EngineWatch {
  /** The engines that did not answer last time, for people: empty when all is well. */
  silent(): readonly string[];
  isUp(engine: 'call' | 'listening'): boolean;
  stop(): void;
}

const pauseMs = 1_000;

/** Pings both engines once a second. */
export const watchEngines = (engines: {
  readonly call: Pingable;
  readonly listening: Pingable;
}): EngineWatch => {
  const up = { call: false, listening: false };
  const names = ['call', 'listening'] as const;
  const { stop } = every(pauseMs, async () => {
    await Promise.all(
      names.map(async (name) => {
        up[name] = await engines[name].ping({ timeoutMs: pauseMs }).then(
          () => true,
          () => false,
        );
      }),
    );
  });
  return {
    silent: () => names.filter((name) => !up[name]).map((name) => `${name} engine silent`),
    isUp: (name) => up[name],
    stop,
  };
};
