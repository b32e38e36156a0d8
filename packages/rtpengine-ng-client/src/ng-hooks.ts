import type { NgError } from './ng-error.ts';

/** One request as the hooks see it; the same object in every hook, so it may key a WeakMap of spans. */
export interface NgRequestInfo {
  readonly command: string;
  readonly callId: string | undefined;
  readonly cookie: string;
}

/**
 * What a tracer or a metric may hook into. Hooks run in the midst of I/O: keep them short. What a hook throws is
 * dropped, since watching must not break what is watched.
 */
export interface NgHooks {
  onRequest(request: NgRequestInfo): void;
  /** Sent again with the same cookie; `attempt` is 2 for the first repetition. */
  onRetransmit(request: NgRequestInfo, attempt: number): void;
  /** The request is over, in `ms` milliseconds; `error` where it failed. */
  onAnswer(request: NgRequestInfo, outcome: { readonly ms: number; readonly error?: NgError }): void;
  /** Something came that no request waits for: a late or second answer, an event of the engine, or noise. */
  onIgnored(what: 'unawaited' | 'malformed'): void;
  /** TCP only. */
  onConnection(state: 'connected' | 'lost'): void;
}

export const noHooks: NgHooks = {
  onRequest() {},
  onRetransmit() {},
  onAnswer() {},
  onIgnored() {},
  onConnection() {},
};

/** Hooks that are all there and never throw. */
export function guardHooks(hooks: Partial<NgHooks>): NgHooks {
  return {
    onRequest: (request) => quietly(() => hooks.onRequest?.(request)),
    onRetransmit: (request, attempt) => quietly(() => hooks.onRetransmit?.(request, attempt)),
    onAnswer: (request, outcome) => quietly(() => hooks.onAnswer?.(request, outcome)),
    onIgnored: (what) => quietly(() => hooks.onIgnored?.(what)),
    onConnection: (state) => quietly(() => hooks.onConnection?.(state)),
  };
}

function quietly(hook: () => void): void {
  try {
    hook();
  } catch {
    // See NgHooks: dropped on purpose.
  }
}
