import { forgetUnlisted } from './forget-unlisted.ts';

/**
 * Calls for which there was no room. What is heard of one of them later is not its beginning, so the profiles at its start
 * have to be proven (R4), be it that the call engine was told to make it anew meanwhile. Bounded: past the bound any call may
 * be one of them.
 */
export class TurnedAway {
  readonly #calls = new Map<string, { readonly startedAt: number; lastListed: number }>();
  readonly #maxCalls: number;
  #lostSince: number | undefined;

  constructor(maxCalls: number) {
    this.#maxCalls = maxCalls;
  }

  /**
   * @param startedAt when the call began at the latest, ms since the epoch
   * @param at when it was heard of, ms since the epoch
   */
  add(callId: string, startedAt: number, at: number): void {
    if (this.#calls.has(callId)) return;
    if (this.#calls.size < this.#maxCalls) this.#calls.set(callId, { startedAt, lastListed: at });
    else this.#lostSince = Math.min(startedAt, this.#lostSince ?? startedAt);
  }

  /** When this call may have begun at the latest, if it was or may have been turned away. */
  startOf(callId: string): number | undefined {
    return this.#calls.get(callId)?.startedAt ?? this.#lostSince;
  }

  /** Forgets what has not been listed for a while. */
  keepListed(listed: ReadonlySet<string>, at: number): void {
    forgetUnlisted(this.#calls, listed, at);
  }
}
