import type { CallState } from './call-state.ts';
import { forgetUnlisted, rememberMs } from './forget-unlisted.ts';

/** What is remembered of a call that is over: where there was no room for more, when it began. */
interface Ended {
  readonly startedAt: number;
  readonly state: CallState | undefined;
  lastListed: number;
}

/**
 * Calls that are over. rtpengine lists a deleted call until its delete-delay has passed (30 s by default), and a leg
 * left alone until its media times out: neither may come back as a call. One that is offered anew goes on with the
 * profiles of its start (R4), so of more calls than there is room for the start at least is remembered, of as many more;
 * past that, whatever begins may be one of those lost.
 */
export class EndedCalls {
  /** In the order of their ends. */
  readonly #whole = new Map<string, Ended>();
  readonly #starts = new Map<string, Ended>();
  readonly #max: number;
  #lost = { startedAt: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY };

  constructor(max: number) {
    this.#max = max;
  }

  has(callId: string): boolean {
    return this.#whole.has(callId) || this.#starts.has(callId);
  }

  add(state: CallState, at: number): void {
    const { callId, startedAt } = state;
    this.#whole.delete(callId);
    this.#starts.delete(callId);
    this.#whole.set(callId, { startedAt, state, lastListed: at });
    const [moved] = this.#whole.size > this.#max ? this.#whole : [];
    if (moved === undefined) return;
    this.#whole.delete(moved[0]);
    this.#starts.set(moved[0], { ...moved[1], state: undefined });
    const [lost] = this.#starts.size > this.#max ? this.#starts : [];
    if (lost === undefined) return;
    this.#starts.delete(lost[0]);
    this.#lose(lost[1], at);
  }

  /** Takes the call out, for it goes on after all. */
  take(callId: string): Pick<Ended, 'startedAt' | 'state'> | undefined {
    const ended = this.#whole.get(callId) ?? this.#starts.get(callId);
    this.#whole.delete(callId);
    this.#starts.delete(callId);
    return ended;
  }

  /** Since when a call that begins now, ms since the epoch, may have been up, were it one of those lost. */
  lostSince(now: number): number | undefined {
    return now <= this.#lost.until ? this.#lost.startedAt : undefined;
  }

  /** Forgets what has not been listed for a while. */
  keepListed(listed: ReadonlySet<string>, at: number): void {
    forgetUnlisted(this.#whole, listed, at);
    forgetUnlisted(this.#starts, listed, at);
  }

  #lose({ startedAt, lastListed }: Ended, at: number): void {
    const before = this.lostSince(at) ?? Number.POSITIVE_INFINITY;
    this.#lost = {
      startedAt: Math.min(before, startedAt),
      until: Math.max(this.#lost.until, lastListed + rememberMs),
    };
  }
}
