import type { CallState } from './call-state.ts';

/** How long a call that is over, and no longer listed, is remembered: a failed INVITE is offered anew within that time. */
const rememberMs = 60_000;

/**
 * Calls that are over. rtpengine lists a deleted call until its delete-delay has passed (30 s by default), and a leg
 * left alone until its media times out: neither may come back as a call.
 */
export class EndedCalls {
  readonly #calls = new Map<string, { readonly state: CallState; lastListed: number }>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  add(state: CallState, at: number): void {
    this.#calls.delete(state.callId);
    this.#calls.set(state.callId, { state, lastListed: at });
    const oldest = this.#calls.keys().next();
    if (this.#calls.size > this.#max && !oldest.done) this.#calls.delete(oldest.value);
  }

  /** Takes the call out, for it goes on after all. */
  take(callId: string): CallState | undefined {
    const ended = this.#calls.get(callId);
    this.#calls.delete(callId);
    return ended?.state;
  }

  /** Forgets what has not been listed for a while. */
  keepListed(listed: ReadonlySet<string>, at: number): void {
    for (const [callId, ended] of this.#calls) {
      if (listed.has(callId)) ended.lastListed = at;
      else if (at - ended.lastListed > rememberMs) this.#calls.delete(callId);
    }
  }
}
