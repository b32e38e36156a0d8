import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { CallBook } from '../book/call-book.ts';
import type { PartyDirectory } from '../book/party-directory.ts';
import type { Config } from '../config/config.ts';
import type { CallEngine } from '../engines/call-engine.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import { Observer } from './observer.ts';

export interface WatchCallsParts {
  readonly config: Config['observe'];
  readonly callEngine: CallEngine;
  readonly parties: PartyDirectory;
  readonly store: Pick<PolicyStore, 'subscribe'>;
  /** Resolves when a policy is in force. */
  readonly applied: Promise<void>;
  /** ms since the epoch. */
  readonly now: () => number;
  readonly log: Logger;
}

export interface WatchedCalls {
  readonly book: CallBook;
  readonly observer: Observer;
  close(): Promise<void>;
}

/** Without a policy by then the node starts all the same, and is not ready until it has one. */
const policyMs = 5_000;

const sourceOf = ({ hep, poll, resyncSeconds }: Config['observe']) =>
  hep
    ? ({ kind: 'mirror', host: hep.host, port: hep.port, resyncMs: resyncSeconds * 1000 } as const)
    : ({ kind: 'poll', intervalMs: poll?.intervalMs ?? 500 } as const);

/** Keeps a book of the call engine's calls from the time a policy is known. Resolves once they are listed, or no policy came in time. */
export const watchCalls = async (parts: WatchCallsParts): Promise<WatchedCalls> => {
  const { config, callEngine, parties, store, applied, now, log } = parts;
  const book = new CallBook({ directory: parties, clock: now });
  const unsubscribe = store.subscribe(() => book.recognise());
  const observer = new Observer({
    engine: callEngine,
    book,
    clock: now,
    source: sourceOf(config),
    onProblem: (error) => log.warn({ err: error }, 'the call engine could not be asked'),
  });
  // before anybody is known, whoever is in a call would be a stranger in it for good
  const observing = applied.then(() => observer.start());
  observing.catch((error) => log.error({ err: error }, 'calls cannot be watched'));
  await Promise.race([observing, delay(policyMs, undefined, { ref: false })]);
  return {
    book,
    observer,
    async close() {
      await observer.close();
      unsubscribe();
    },
  };
};
