import { NgError } from 'rtpengine-ng-client';
import { every } from '../timing/every.ts';
import type { CallEngine } from './call-engine.ts';
import type { ListeningEngine } from './listening-engine.ts';

/** Who takes something down waits no longer than this for an engine that may be gone. */
const waitMs = 2_000;
/** More than a node has listens; an engine that never comes back must not cost all memory. */
const maxPending = 1_000;

export interface Insistent {
  readonly call: CallEngine;
  readonly listening: ListeningEngine;
  /** Commands that got no answer and are asked again. */
  readonly pending: number;
  stop(): void;
}

/** It may or may not have been done. A refusal is an answer: what was to go is not there. */
const unanswered = (error: unknown): boolean =>
  error instanceof NgError && (error.reason === 'Timeout' || error.reason === 'ConnectionLost');

/**
 * The engines, with take-downs that are not forgotten: one that got no answer rejects soon, as others do, and is asked
 * again until it is answered. Else a lost answer could leave a listener hearing, or a copy running, until the call ends.
 */
export const insist = (
  call: CallEngine,
  listening: ListeningEngine,
  /** How long to wait before what got no answer is asked again, ms. */
  againMs = 2_000,
): Insistent => {
  const pending = new Set<() => Promise<void>>();

  const takeDown =
    <Of>(command: (of: Of, options: { readonly timeoutMs: number }) => Promise<void>) =>
    async (of: Of): Promise<void> => {
      const ask = () => command(of, { timeoutMs: waitMs });
      try {
        await ask();
      } catch (error) {
        if (unanswered(error) && pending.size < maxPending) pending.add(ask);
        throw error;
      }
    };

  const { stop } = every(againMs, async () => {
    await Promise.all(
      [...pending].map((ask) =>
        ask().then(
          () => pending.delete(ask),
          (error) => unanswered(error) || pending.delete(ask),
        ),
      ),
    );
  });

  return {
    call: { ...call, unsubscribe: takeDown(call.unsubscribe) },
    listening: {
      ...listening,
      deleteListener: takeDown(listening.deleteListener),
      disconnectListener: takeDown(listening.disconnectListener),
      abandonListener: takeDown(listening.abandonListener),
      deleteMix: takeDown(listening.deleteMix),
    },
    get pending() {
      return pending.size;
    },
    stop,
  };
};
