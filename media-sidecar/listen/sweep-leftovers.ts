import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { NgError } from 'rtpengine-ng-client';
import type { CallEngine } from '../engines/call-engine.ts';
import type { ListeningEngine } from '../engines/listening-engine.ts';
import { describeCall } from '../observe/query-to-call.ts';
import { relayLabel } from './mix.ts';

export interface Sweep {
  /** Are they gone? Until then nobody may listen: what is swept could be theirs. */
  readonly done: boolean;
  /** Resolves when they are; never where they cannot be found out to be. */
  readonly gone: Promise<void>;
  stop(): void;
}

export interface SweepParts {
  readonly callEngine: Pick<CallEngine, 'list' | 'query' | 'unsubscribe'>;
  readonly listeningEngine: Pick<ListeningEngine, 'list' | 'deleteMix'>;
  readonly log: Logger;
  /** How long to wait for an engine that does not answer before it is asked anew, ms. */
  readonly againMs?: number;
}

const sweepOnce = async ({ callEngine, listeningEngine, log }: SweepParts): Promise<void> => {
  const mixes = await listeningEngine.list();
  await Promise.all(mixes.map((mix) => listeningEngine.deleteMix({ mix })));
  let relays = 0;
  for (const callId of await callEngine.list()) {
    const call = await callEngine.query({ callId }).catch(nothingIfRefused);
    if (!call) continue;
    for (const toTag of describeCall(call).subscriptionsLabelled(relayLabel)) {
      relays += 1;
      await callEngine.unsubscribe({ callId, toTag }).catch(nothingIfRefused);
    }
  }
  if (mixes.length + relays > 0)
    log.warn({ mixes: mixes.length, relays }, 'leftovers of an earlier run taken down');
};

/** The call, or what was to be taken off it, has gone by itself. */
const nothingIfRefused = (error: unknown): undefined => {
  if (error instanceof NgError && error.reason === 'EngineRefused') return undefined;
  throw error;
};

/**
 * Takes down what an earlier life of this sidecar left on the engines: nobody can vouch for those listens any more.
 * The listening engine is ours alone, so all of it goes; on the call engine only subscriptions under our own label.
 * Resolves after the first try; an engine that does not answer is asked until it does.
 */
export const sweepLeftovers = async (parts: SweepParts): Promise<Sweep> => {
  const { log, againMs = 1_000 } = parts;
  const stopped = new AbortController();
  let done = false;
  const { promise: gone, resolve: markGone } = Promise.withResolvers<void>();
  const attempt = async (): Promise<void> => {
    try {
      await sweepOnce(parts);
      done = true;
      markGone();
    } catch (error) {
      log.warn({ err: error }, 'leftovers of an earlier run could not be looked for; trying again');
    }
  };
  const goOn = async (): Promise<void> => {
    while (!done && !stopped.signal.aborted) {
      await delay(againMs, undefined, { signal: stopped.signal }).catch(() => {});
      await attempt();
    }
  };
  await attempt();
  void goOn();
  return {
    get done() {
      return done;
    },
    gone,
    stop: () => stopped.abort(),
  };
};
